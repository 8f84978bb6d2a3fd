import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { UserError } from '../errors.ts'
import { LIMITS } from './limits.ts'
import type { Source } from './source.ts'

/** Discord's own; anything else that a message names is its sender's. */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net']
const TIMEOUT = 20_000
/** Milliseconds before a server that failed is asked again. */
const AGAIN = [300, 1500]

/**
 * A picture at a URL, downloaded when it is read. @param extra `host:port` from which pictures may come besides, by http
 * too. Throws UserError download.host, .expired, .timeout, .failed, picture.too-large
 */
export const urlSource = (name: string, url: string, extra: string[]): Source => ({
  name,
  read: () => download(url, extra),
})

async function download(address: string, extra: string[]): Promise<Uint8Array> {
  const url = allowed(address, extra)
  for (const pause of [...AGAIN, undefined]) {
    try {
      return await attempt(url)
    } catch (error) {
      if (error instanceof UserError) throw error
      if (pause === undefined) throw mistake(error)
      await sleep(pause)
    }
  }
  throw new Error('unreachable')
}

function allowed(address: string, extra: string[]): URL {
  const url = URL.parse(address)
  const own = url?.protocol === 'https:' && HOSTS.includes(url.host)
  const added = url !== null && /^https?:$/.test(url.protocol) && extra.includes(url.host)
  if (!own && !added)
    throw new UserError('download.host', `Expected a picture from ${HOSTS.join(' or ')}, received ${url?.host}`)
  return url
}

async function attempt(url: URL): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(TIMEOUT)
  // Redirects are not followed: they could lead anywhere.
  const { statusCode, headers, body } = await request(url, { signal, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT })
  if (statusCode !== 200) {
    await body.dump()
    if ([401, 403, 404, 410].includes(statusCode))
      throw new UserError('download.expired', 'Expected a picture, but its address has expired')
    if (statusCode < 500 && statusCode !== 429)
      throw new UserError('download.failed', `Expected a picture, received status ${statusCode}`)
    throw new Error(`Status ${statusCode}`)
  }
  const parts: Uint8Array[] = []
  let size = Number(headers['content-length'] ?? 0)
  if (size <= LIMITS.bytes) {
    size = 0
    for await (const part of body as AsyncIterable<Uint8Array>) {
      size += part.length
      if (size > LIMITS.bytes) break
      parts.push(part)
    }
  }
  if (size > LIMITS.bytes) {
    body.destroy()
    throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received more`)
  }
  return new Uint8Array(Buffer.concat(parts))
}

function mistake(error: unknown): UserError {
  const { name, message } = error as Error
  const isLate = /Timeout/.test(name) || /timeout/i.test(message)
  return new UserError(isLate ? 'download.timeout' : 'download.failed', `Expected to download a picture: ${message}`)
}
