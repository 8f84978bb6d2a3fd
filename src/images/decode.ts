import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { View } from '../../models/views.ts'
import { UserError } from '../errors.ts'
import { checkLimits, decoderBytes } from './check-limits.ts'
import { withDecodeLock } from './decode-lock.ts'
import { lacksEndMarker, withEndMarker } from './end-marker.ts'
import { type FailOn, firstFrame, fitInside } from './first-frame.ts'
import { perceptualHash } from './hash.ts'
import { heicAsPng } from './heic/heic-as-png.ts'
import { letterbox, mirror } from './letterbox.ts'
import { LIMITS } from './limits.ts'
import { CHANNELS, contrastOf, type Pixels, type Size } from './pixels.ts'
import { readableBytes, unreadable } from './readable.ts'
import { sniff } from './sniff.ts'
import { randomView } from './views.ts'

/** The copy's longer side is at most so many pixels. */
const COPY: Size = { width: 512, height: 512 }
const COPY_QUALITY = 90

/** RGB, 8 bits, height x width x 3 of the backbone's input: the whole picture, letterboxed on white. */
type Input = Uint8Array

/** What is kept of a picture that is added, and what the network takes of it. */
export type Picture = {
  input: Input
  /** SHA-256 of the decoded pixels of the copy. */
  pixelHash: Buffer
  perceptualHash: bigint
  /** JPEG of at most 512 pixels a side, without metadata. It is being encoded: the network may run meanwhile. */
  copy: Promise<Buffer>
  /** Of the copy, in pixels. */
  width: number
  height: number
  /** Standard deviation of its grey, 0 to 128: almost nothing where it is almost blank. */
  contrast: number
}

/** An input for each view. Throws as `decodeExample` */
export const decodeViews = async (bytes: Uint8Array, size: Size, views: View[]): Promise<Input[]> =>
  (await decodeAsked(bytes, size, views)).inputs

/** `pixels`: at least as large as a thumbnail, unless the picture is smaller. */
export type AskedPicture = { inputs: Input[]; pixels: Pixels }

/**
 * Decodes a picture that is only asked about, once and within limits.
 * @param size of the backbone's input @param views which the network looks at
 * @returns an input for each view. Throws as `decodeExample`
 */
export function decodeAsked(bytes: Uint8Array, size: Size, views: View[]): Promise<AskedPicture> {
  return withChecks(bytes, async (readable, options) => {
    const hasRandom = views.some((view) => typeof view === 'number')
    // Random views show parts of a picture: they need more of it than the network's input has.
    const frame = await firstFrame(readable, {
      ...options,
      size: hasRandom ? COPY : size,
      withoutEnlargement: hasRandom,
    })
    const plain = letterbox(hasRandom ? await fitInside(frame, size) : frame, size)
    const inputs = views.map((view) => {
      if (view === 'plain') return plain
      return view === 'mirrored' ? mirror(plain, size) : randomView(frame, size, view)
    })
    return { inputs, pixels: frame }
  })
}

/**
 * Decodes a picture that is added, once and within limits. @param bytes of the file; its name says nothing
 * @param size of the backbone's input. Throws UserError picture.empty, .too-large, .not-a-picture, .video,
 * .unsupported, .heic, .too-many-pixels, .too-many-frames, .too-heavy, .damaged
 */
export function decodeExample(bytes: Uint8Array, size: Size): Promise<Picture> {
  return withChecks(bytes, async (readable, options) => {
    const frame = await firstFrame(readable, { ...options, size: COPY, withoutEnlargement: true })
    const { width, height, data } = frame
    const input = letterbox(await fitInside(frame, size), size)
    const copy = encodeCopy(frame)
    copy.catch(() => {}) // whoever wants it awaits it
    return {
      input,
      pixelHash: hashPixels(frame),
      perceptualHash: perceptualHash({ ...size, data: input }),
      copy,
      width,
      height,
      contrast: contrastOf(data),
    }
  })
}

/** Without tables of its own: those make it smaller by some percent, and take as long again. */
const encodeCopy = ({ width, height, data }: Pixels): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: CHANNELS } })
    .jpeg({ quality: COPY_QUALITY, optimiseCoding: false })
    .toBuffer()

const hashPixels = ({ width, height, data }: Pixels): Buffer =>
  createHash('sha256').update(`${width}x${height}`).update(data).digest()

type Decode<T> = (bytes: Uint8Array, options: { pages: number; failOn: FailOn }) => Promise<T>

/** Runs `decode` on what the bytes and their header allow. */
async function withChecks<T>(bytes: Uint8Array, decode: Decode<T>): Promise<T> {
  if (bytes.length === 0) throw new UserError('picture.empty', 'Expected a picture, received an empty file')
  if (bytes.length > LIMITS.bytes)
    throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${bytes.length}`)
  const readable = await readableBytes(bytes)
  try {
    return await decodeWithinLimits(readable, decode, 'error').catch((error) => {
      if (!lacksEndMarker(readable)) throw error
      // With an end, what is missing before it is still a warning.
      return decodeWithinLimits(withEndMarker(readable), decode, 'warning')
    })
  } catch (error) {
    if (error instanceof UserError) throw error
    throw unreadable(sniff(bytes), firstLine(error))
  }
}

async function decodeWithinLimits<T>(bytes: Uint8Array, decode: Decode<T>, failOn: FailOn): Promise<T> {
  const meta = await sharp(bytes, { limitInputPixels: false }).metadata()
  // Its first bytes did not tell which codec it is.
  if (meta.format === 'heif' && meta.compression !== 'av1')
    return decodeWithinLimits(await heicAsPng(bytes), decode, failOn)
  checkLimits(meta)
  const options = { pages: meta.pages ?? 1, failOn }
  const isHeavy = decoderBytes(meta) > LIMITS.parallelDecoderBytes
  return isHeavy ? await withDecodeLock(() => decode(bytes, options)) : await decode(bytes, options)
}

function firstLine(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n')
  return line
}
