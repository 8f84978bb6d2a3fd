import { DefaultRestOptions, type RESTOptions } from 'discord.js'
import { isCounted, type RequestLimit } from './request-limit.ts'
import { acceptRetriedResponses } from './retried-responses.ts'

/**
 * discord.js holds all requests back at 50 a second, the 3-second answers too, which Discord does not count: a burst of
 * replies would make them late. So those that Discord counts have a limit of their own (request-limit.ts).
 */
const UNLIMITED_REQUESTS_PER_SECOND = 1_000

/** How long a request may take: `answerMs` for Discord to answer, and as long as its bytes take on the slowest line. */
type Patience = { answerMs: number; bytesPerSecond: number }
/** The slowest line that is waited for: 256 kbit/s, as for downloads. */
const PATIENCE: Patience = { answerMs: 15_000, bytesPerSecond: 32 * 2 ** 10 }
/** Discord takes no more from a bot in one message. */
const MAX_UPLOAD_BYTES = 10 * 2 ** 20

type Sending = { limit?: RequestLimit | undefined; onTaken?: (() => void) | undefined; patience?: Patience }

/**
 * How requests are sent. @param api Discord's REST address without the version, where it is not Discord's own
 * @param sending `limit`: of all processes together; left out: there is none; `onTaken`: somebody else has
 * answered an interaction
 */
export function restOptions(
  api: string | undefined,
  { limit, onTaken, patience = PATIENCE }: Sending = {},
): Partial<RESTOptions> {
  const options: Partial<RESTOptions> = {
    // discord.js has one limit for all requests: this is the longest; each has its own below.
    timeout: timeoutFor(MAX_UPLOAD_BYTES, patience),
    retries: 3,
    globalRequestsPerSecond: UNLIMITED_REQUESTS_PER_SECOND,
    makeRequest: acceptRetriedResponses(async (url, init) => {
      // Before the time begins that an answer may take.
      if (limit && isCounted(url)) await limit.turn()
      return sendInTime(url, init, patience)
    }, onTaken),
  }
  return api === undefined ? options : { ...options, api: api.replace(/\/$/, '') }
}

type RequestInit = Parameters<RESTOptions['makeRequest']>[1]

/** Aborts what takes longer than its size allows; discord.js then tries it again. */
async function sendInTime(url: string, init: RequestInit, patience: Patience) {
  const sent = await withEncodedForm(init)
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), timeoutFor(sizeOf(sent.body), patience))
  try {
    const signals = init.signal ? [init.signal, late.signal] : [late.signal]
    return await DefaultRestOptions.makeRequest(url, { ...sent, signal: AbortSignal.any(signals) })
  } catch (error) {
    throw isCutOff(error) ? new Error('ECONNRESET', { cause: error }) : error
  } finally {
    clearTimeout(timer)
  }
}

/** Codes of a connection that ended before the answer. */
const CUT_OFF = ['UND_ERR_SOCKET', 'EPIPE']
/** discord.js tries again where a connection was reset, and not where it was closed: for a request that is the same. */
const isCutOff = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && CUT_OFF.includes(String(error.code))

/** Milliseconds for a request that sends so many bytes. */
const timeoutFor = (bytes: number, { answerMs, bytesPerSecond }: Patience): number =>
  answerMs + (1000 * bytes) / bytesPerSecond

/** In bytes; what is not counted here is small. */
const sizeOf = (body: unknown): number =>
  typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : 0

/**
 * A request whose form is bytes already. discord.js comes with an undici of its own, whose dispatcher is ours where a
 * proxy is used; ours takes no form that another made.
 */
async function withEncodedForm(init: RequestInit): Promise<RequestInit> {
  if (!(init.body instanceof FormData)) return init
  const encoded = new Response(init.body)
  const type = encoded.headers.get('content-type') ?? ''
  const body = new Uint8Array(await encoded.arrayBuffer())
  return { ...init, body, headers: { ...init.headers, 'content-type': type } }
}
