import { createHash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { Agent, type Dispatcher, request } from 'undici'
import { count } from '../../counters.ts'
import { UserError } from '../../errors.ts'
import { explainConnection, explainRefusal, isPassing, type Refusal } from './errors.ts'
import type { BucketPlace } from './place.ts'

/** `sessionToken`: of keys that are given for a while. */
type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined }

/** `attemptMs`: what one request may take; `attempts` of them; `backoffMs`: until the second one, then twice as long. */
type Patience = { attemptMs: number; attempts: number; backoffMs: number }

/** Copies have some 40 KB, so that ten seconds are a bucket that hangs; four attempts pass over a second or two of trouble. */
const PATIENCE: Patience = { attemptMs: 10_000, attempts: 4, backoffMs: 150 }
/** Requests at once: what a bucket far away needs for some hundred copies a second. */
const CONNECTIONS = 24
/** Attempts that may hang: somebody waits. */
const MAX_HUNG = 2

export type BucketOptions = BucketPlace & Credentials & Partial<Patience> & { dispatcher?: Dispatcher | undefined }

/** Objects by key. All throw UserError bucket.* after some attempts. */
export type Bucket = {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Undefined: the bucket has no such object. */
  get(key: string): Promise<Buffer | undefined>
  /** Also of what is not there. */
  delete(key: string): Promise<void>
  close(): Promise<void>
}

type Call = { method: 'GET' | 'PUT' | 'DELETE'; key: string; body?: Uint8Array }

const HTTP_NOT_FOUND = 404
const isSuccess = (status: number): boolean => status >= 200 && status < 300

/** A bucket of Amazon S3, or of a server that speaks the same. Nothing is asked before the first object. */
export function openBucket(options: BucketOptions): Bucket {
  const { base, region, accessKeyId, secretAccessKey, sessionToken, dispatcher } = options
  const { attemptMs, attempts, backoffMs } = { ...PATIENCE, ...options }
  const agent = dispatcher ?? new Agent({ connections: CONNECTIONS })
  const signingKeys = new Map<string, ArrayBuffer>()
  const turns = openTurns(CONNECTIONS)
  /** By how much the clock of the bucket is ahead of this one. */
  let aheadMs = 0

  async function send({ method, key, body }: Call): Promise<Refusal & { bytes: Buffer }> {
    const payload = body ?? new Uint8Array()
    const signer = new AwsV4Signer({
      method,
      url: `${base}${key}`,
      headers: {
        'x-amz-content-sha256': createHash('sha256').update(payload).digest('hex'),
        ...(body && { 'content-md5': createHash('md5').update(body).digest('base64') }),
      },
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      service: 's3',
      region,
      cache: signingKeys,
      datetime: new Date(Date.now() + aheadMs).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    })
    const { url, headers } = await signer.sign()
    const answer = await request(url, {
      method,
      headers: Object.fromEntries(headers),
      body: body ?? null,
      dispatcher: agent,
      signal: AbortSignal.timeout(attemptMs),
    })
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    const status = answer.statusCode
    if (isSuccess(status)) return { status, code: '', bytes }
    const xml = bytes.toString('utf8')
    const code = /<Code>([\w.]+)<\/Code>/.exec(xml)?.[1] ?? ''
    if (code === 'RequestTimeTooSkewed') aheadMs = clockDifference(answer.headers.date)
    const named = answer.headers['x-amz-bucket-region'] ?? /<Region>([\w-]+)<\/Region>/.exec(xml)?.[1]
    return { status, code, bytes, region: typeof named === 'string' ? named : undefined }
  }

  /** Waits between attempts at random, so that many that failed together do not come back together. */
  async function call(what: Call): Promise<Buffer | undefined> {
    for (let attempt = 1, hung = 0; ; attempt++) {
      let failure: Error
      try {
        count('objectRequests')
        const answer = await turns.run(() => send(what))
        if (isSuccess(answer.status)) return answer.bytes
        if (answer.status === HTTP_NOT_FOUND && answer.code === 'NoSuchKey' && what.method !== 'PUT') return undefined
        count('objectFailures')
        failure = explainRefusal(answer)
        if (!isPassing(answer)) throw failure
      } catch (error) {
        if (error instanceof UserError) throw error
        count('objectFailures')
        failure = explainConnection(error)
        if (error instanceof DOMException && error.name === 'TimeoutError') hung++
      }
      if (attempt === attempts || hung === MAX_HUNG) throw failure
      await setTimeout(backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }

  return {
    put: async (key, bytes) => void (await call({ method: 'PUT', key, body: bytes })),
    get: (key) => call({ method: 'GET', key }),
    delete: async (key) => void (await call({ method: 'DELETE', key })),
    // Nobody waits for what is under way.
    close: () => agent.destroy(),
  }
}

const clockDifference = (date: string | string[] | undefined): number => {
  const there = Date.parse(String(date))
  return Number.isNaN(there) ? 0 : there - Date.now()
}

/** At most so many at once; the time of an attempt begins with its turn. */
function openTurns(most: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    async run<T>(work: () => Promise<T>): Promise<T> {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
      else running++
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running--
      }
    },
  }
}
