import { setTimeout as sleep } from 'node:timers/promises'
import { type Dispatcher, request } from 'undici'
import { UserError } from '../errors.ts'
import { LIMITS } from './limits.ts'
import type { Source } from './source.ts'

/** Discord's own; anything else that a message names is its sender's. */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net']
/** For an answer to begin, and without a byte. */
const TIMEOUT_MS = 20_000
/** The slowest line that is waited for, in bytes a second: 256 kbit/s. */
const MIN_BYTES_PER_SECOND = 32 * 2 ** 10

/** Milliseconds for a body of a size; at most that of the largest picture, or of what else is expected. */
export const downloadTimeout = (bytes: number, maxBytes = LIMITS.bytes): number =>
  TIMEOUT_MS + (1000 * Math.min(bytes, maxBytes)) / MIN_BYTES_PER_SECOND

/** Before a server that failed is asked again, and again. */
const RETRY_AFTER_MS = [300, 1500]
/** Discord's addresses expire. */
const EXPIRED_STATUS = [401, 403, 404, 410]
const TOO_MANY_REQUESTS = 429

/**
 * A picture at a URL, downloaded when it is read. @param extraHosts `host:port` from which pictures may come besides, by
 * http too. Throws UserError download.host, .expired, .timeout, .failed, picture.too-large
 */
export const urlSource = (name: string, url: string, extraHosts: string[]): Source => ({
  name,
  read: () => downloadAllowed(url, extraHosts, LIMITS.bytes),
})

/** The bytes at a URL, as `urlSource` reads them, of another size. */
export const downloadAllowed = async (url: string, extraHosts: string[], maxBytes: number): Promise<Uint8Array> =>
  download(allowedUrl(url, extraHosts), maxBytes)

function allowedUrl(address: string, extraHosts: string[]): URL {
  const url = URL.parse(address)
  const isDiscord = url?.protocol === 'https:' && HOSTS.includes(url.host)
  const isExtra = url !== null && /^https?:$/.test(url.protocol) && extraHosts.includes(url.host)
  if (!isDiscord && !isExtra)
    throw new UserError('download.host', `Expected a picture from ${HOSTS.join(' or ')}, received ${url?.host}`)
  return url
}

async function download(url: URL, maxBytes: number): Promise<Uint8Array> {
  for (const pause of RETRY_AFTER_MS) {
    try {
      return await downloadOnce(url, maxBytes)
    } catch (error) {
      if (error instanceof UserError) throw error
    }
    await sleep(pause)
  }
  return downloadOnce(url, maxBytes).catch((error) => {
    throw error instanceof UserError ? error : explain(error)
  })
}

async function downloadOnce(url: URL, maxBytes: number): Promise<Uint8Array> {
  // Redirects are not followed: they could lead anywhere.
  const { statusCode, headers, body } = await request(url, {
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  })
  if (statusCode !== 200) {
    await body.dump()
    throw statusError(statusCode)
  }
  const claimedBytes = Number(headers['content-length'] ?? 0)
  const limit = downloadTimeout(claimedBytes || maxBytes, maxBytes)
  const late = setTimeout(() => body.destroy(new Error(`Timeout after ${limit} ms`)), limit)
  try {
    const bytes = claimedBytes > maxBytes ? undefined : await readAtMost(body, maxBytes)
    if (bytes) return bytes
  } finally {
    clearTimeout(late)
  }
  body.destroy()
  throw new UserError('picture.too-large', `Expected at most ${maxBytes} bytes, received more`)
}

/** A plain Error is worth another try. */
function statusError(status: number): Error {
  if (EXPIRED_STATUS.includes(status))
    return new UserError('download.expired', 'Expected a picture, but its address has expired')
  if (status < 500 && status !== TOO_MANY_REQUESTS)
    return new UserError('download.failed', `Expected a picture, received status ${status}`)
  return new Error(`Status ${status}`)
}

/** Undefined where there is more. */
async function readAtMost(body: Dispatcher.ResponseData['body'], limit: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > limit) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

function explain(error: unknown): UserError {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  const isLate = /Timeout/.test(name) || /timeout/i.test(message)
  return new UserError(isLate ? 'download.timeout' : 'download.failed', `Expected to download a picture: ${message}`)
}
