import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { EnvHttpProxyAgent, interceptors, request } from 'undici'
import { UserError } from './errors.ts'
import { byteProgress, type Progress } from './progress.ts'

type Wanted = { url: string; sha256: string | undefined; bytes?: number }

const MOST = 2 ** 31
const TIMEOUT = 30_000

/**
 * Downloads a network's file to `to`, beside which `.part` keeps what came until then: the next try goes on there. HTTP_PROXY, HTTPS_PROXY and
 * NO_PROXY are respected. Nothing stands at `to` that has another hash. Yields mebibytes. Throws UserError backbone.download-failed, .hash-mismatch
 */
export async function* download(wanted: Wanted, to: string): AsyncGenerator<Progress> {
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  try {
    yield* fetchTo(part, wanted)
  } catch (error) {
    if (error instanceof UserError) throw error
    const { message, code } = error as Error & { code?: string }
    throw new UserError(
      'backbone.download-failed',
      `Expected to download ${wanted.url}, failed: ${message || code}. What came is kept; try again`,
      {},
      { cause: error },
    )
  }
  const hash = await hashOf(part)
  if (wanted.sha256 !== undefined && hash !== wanted.sha256) {
    await rm(part)
    throw new UserError(
      'backbone.hash-mismatch',
      `Expected SHA-256 ${wanted.sha256} at ${wanted.url}, received ${hash}; it was thrown away`,
    )
  }
  await rename(part, to)
}

async function* fetchTo(part: string, { url, bytes }: Wanted): AsyncGenerator<Progress> {
  const dispatcher = new EnvHttpProxyAgent().compose(interceptors.redirect({ maxRedirections: 5 }))
  const had = await sizeOf(part)
  const { statusCode, headers, body } = await request(url, {
    ...{ dispatcher, headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT },
    headers: had > 0 ? { range: `bytes=${had}-` } : {},
  })
  // All of it is there: the hash says whether it is right.
  if (statusCode === 416 && had > 0) return body.dump()
  if (statusCode !== 200 && statusCode !== 206) {
    await body.dump()
    throw new Error(`status ${statusCode}`)
  }
  const goesOn = statusCode === 206
  let done = goesOn ? had : 0
  const total = bytes ?? done + Number(headers['content-length'] ?? 0)
  const file = await open(part, goesOn ? 'a' : 'w')
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      done += piece.length
      if (done > (bytes ?? MOST)) throw new Error(`expected ${bytes ?? MOST} bytes at most, received more`)
      await file.write(piece)
      yield byteProgress(done, total)
    }
  } finally {
    await file.close()
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )

export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part as Buffer)
  return hash.digest('hex')
}
