import { Worker } from 'node:worker_threads'
import { UserError } from '../../errors.ts'
import { workerUrl } from '../../worker-url.ts'
import { LIMITS } from '../limits.ts'
import type { Pixels } from '../pixels.ts'
import { HEIC_PACKAGE, heicModule } from './library.ts'
import type { HeicJob, HeicReply } from './messages.ts'

/** A picture of a telephone, 24 megapixels, takes about one. */
const TIMEOUT_MS = 20_000
/** Twice what is kept of a picture, so that it is made smaller well. */
const LEAST_SIDE = 1024

/** `module`: what reads HEIC. */
type Options = { module?: string; timeoutMs?: number; memoryBytes?: number }

/**
 * Decodes the first picture of a HEIC file, upright, in a thread of its own; smaller than it is, where it is large.
 * Throws UserError picture.heic where nothing is installed that reads it; picture.too-many-pixels, .too-heavy, .damaged
 */
export async function decodeHeic(
  bytes: Uint8Array,
  { module = heicModule(), timeoutMs = TIMEOUT_MS, memoryBytes = LIMITS.decoderBytes }: Options = {},
): Promise<Pixels> {
  const { pixels: maxPixels, side: maxSide } = LIMITS
  const reply = await runThread({ module, bytes, leastSide: LEAST_SIDE, maxPixels, maxSide, memoryBytes }, timeoutMs)
  if ('pixels' in reply) return reply.pixels
  switch (reply.refused) {
    case 'missing':
      throw noLibrary()
    case 'damaged':
      throw new UserError('picture.damaged', `Expected a whole picture, but it cannot be decoded: ${reply.reason}`)
    case 'pixels':
      throw new UserError(
        'picture.too-many-pixels',
        `Expected at most ${LIMITS.pixels} pixels, received ${reply.width} x ${reply.height}`,
      )
    case 'memory':
      throw new UserError(
        'picture.too-heavy',
        `Expected a picture that is decoded in ${memoryBytes >> 20} MiB, received ${reply.width} x ${reply.height}: save it smaller`,
      )
  }
}

const noLibrary = (): UserError =>
  new UserError(
    'picture.heic',
    `Expected a JPEG, PNG, WebP, GIF or AVIF picture, received HEIC: save it as JPEG, or install what reads it (\`npm install ${HEIC_PACKAGE}\`)`,
  )

function runThread(job: HeicJob, timeoutMs: number): Promise<HeicReply> {
  const thread = new Worker(workerUrl('./thread', import.meta.url), { workerData: job })
  const ended = Promise.withResolvers<HeicReply>()
  const late = setTimeout(() => ended.resolve({ refused: 'damaged', reason: 'it takes too long' }), timeoutMs)
  thread.on('message', (reply: HeicReply) => ended.resolve(reply))
  thread.on('error', (error) => ended.resolve({ refused: 'damaged', reason: error.message }))
  thread.on('exit', () => ended.resolve({ refused: 'damaged', reason: 'its decoder ended' }))
  return ended.promise.finally(() => {
    clearTimeout(late)
    return thread.terminate()
  })
}
