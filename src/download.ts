import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { interceptors, request } from 'undici'
import { errorCode, UserError } from './errors.ts'
import { openProxyAgent } from './http-proxy.ts'
import { byteProgress, type Progress } from './progress.ts'

/** `bytes`: how long it is; without it, at most MAX_BYTES. */
type Wanted = { url: string; sha256: string | undefined; bytes?: number }

const MAX_BYTES = 2 ** 31
/** Without a byte. */
const TIMEOUT_MS = 30_000
const MAX_REDIRECTIONS = 5

const PARTIAL_CONTENT = 206
const RANGE_NOT_SATISFIABLE = 416

/**
 * Downloads a file to `to`, beside which `.part` keeps what came: the next try continues there. HTTP_PROXY, HTTPS_PROXY
 * and NO_PROXY are respected. Nothing is put at `to` that has another hash. Yields mebibytes.
 * @param wanted `sha256` in hexadecimal; undefined: not checked. Throws UserError backbone.download-failed, .hash-mismatch
 */
export async function* download(wanted: Wanted, to: string): AsyncGenerator<Progress> {
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  try {
    yield* downloadTo(part, wanted)
  } catch (error) {
    throw error instanceof UserError ? error : downloadFailed(wanted.url, error)
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

function downloadFailed(url: string, cause: unknown): UserError {
  const reason = (cause instanceof Error && cause.message) || errorCode(cause)
  return new UserError(
    'backbone.download-failed',
    `Expected to download ${url}, failed: ${reason}. What came is kept; try again`,
    {},
    { cause },
  )
}

async function* downloadTo(part: string, { url, bytes }: Wanted): AsyncGenerator<Progress> {
  const had = await sizeOf(part)
  const { statusCode, headers, body } = await request(url, {
    dispatcher: openProxyAgent().compose(interceptors.redirect({ maxRedirections: MAX_REDIRECTIONS })),
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    headers: had > 0 ? { range: `bytes=${had}-` } : {},
  })
  // All of it is there: the hash says whether it is right.
  if (statusCode === RANGE_NOT_SATISFIABLE && had > 0) return body.dump()
  if (statusCode !== 200 && statusCode !== PARTIAL_CONTENT) {
    await body.dump()
    throw new Error(`status ${statusCode}`)
  }
  const continues = statusCode === PARTIAL_CONTENT
  let done = continues ? had : 0
  const total = bytes ?? done + Number(headers['content-length'] ?? 0)
  const limit = bytes ?? MAX_BYTES
  const file = await open(part, continues ? 'a' : 'w')
  try {
    for await (const piece of body) {
      done += piece.length
      if (done > limit) throw new Error(`expected ${limit} bytes at most, received more`)
      await file.write(piece)
      yield byteProgress(done, total)
    }
  } finally {
    await file.close()
  }
}

/** In bytes; 0 where there is no such file. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  )

/** SHA-256 of a file, in hexadecimal. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part)
  return hash.digest('hex')
}
