import { createHash } from 'node:crypto'
import sharp, { type Metadata, type OutputInfo } from 'sharp'
import type { View } from '../../models/views.ts'
import { UserError } from '../errors.ts'
import { withDecodeLock } from './decode-lock.ts'
import { perceptualHash } from './hash.ts'
import { LIMITS } from './limits.ts'
import { viewOf } from './views.ts'

sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpegBuffer',
    'VipsForeignLoadPngBuffer',
    'VipsForeignLoadWebpBuffer',
    'VipsForeignLoadNsgifBuffer',
    'VipsForeignLoadHeifBuffer',
  ],
})

const COPY = { width: 512, height: 512 }
const BACKGROUND = { r: 255, g: 255, b: 255 }
const FRAMES_TRIED = 8

type Size = { width: number; height: number }
type Frame = { data: Buffer; info: OutputInfo }

/** RGB, 8 bits, height x width x 3 of the backbone's input: the whole picture, letterboxed on white. */
type Input = Uint8Array

export type Picture = {
  input: Input
  /** SHA-256 of the decoded pixels of the copy. */
  pixelHash: Buffer
  perceptualHash: bigint
  /** JPEG of at most 512 pixels a side, without metadata. */
  copy: Buffer
  /** Of the copy, in pixels. */
  width: number
  height: number
  /** Standard deviation of its grey, 0 to 128: almost nothing where it is almost blank. */
  contrast: number
}

/**
 * What a network takes of each view of a picture that is only asked about. Checks the bytes (never the name) and decodes them once,
 * within limits. Throws UserError: picture.empty, .too-large, .not-a-picture, .unsupported, .too-many-pixels,
 * .too-many-frames, .damaged
 */
export function decodeViews(bytes: Uint8Array, size: Size, views: View[]): Promise<Input[]> {
  return checked(bytes, async (pages) => {
    const random = views.some((v) => typeof v === 'number')
    const frame = await firstFrame(bytes, pages, random ? COPY : size, random)
    const whole = letterbox(random ? await fitted(frame, size) : frame, size)
    return views.map((view) => {
      if (view === 'plain') return whole
      return view === 'mirrored' ? mirror(whole, size) : viewOf({ ...frame.info, data: frame.data }, size, view)
    })
  })
}

/** The same picture, left and right exchanged. */
function mirror(input: Input, { width, height }: Size): Input {
  const to = new Uint8Array(input.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) to[(y * width + x) * 3 + c] = input[(y * width + width - 1 - x) * 3 + c]!
  return to
}

/** The same, and what is kept of a picture that is filed. */
export function decodeExample(bytes: Uint8Array, size: Size): Promise<Picture> {
  return checked(bytes, async (pages) => {
    const { data, info } = await firstFrame(bytes, pages, COPY, true)
    const raw = { width: info.width, height: info.height, channels: 3 as const }
    const input = letterbox(await fitted({ data, info }, size), size)
    const copy = await sharp(data, { raw }).jpeg({ quality: 90 }).toBuffer()
    const pixelHash = createHash('sha256').update(`${info.width}x${info.height}`).update(data).digest()
    const { width, height } = info
    return {
      input,
      pixelHash,
      perceptualHash: perceptualHash(input, size),
      copy,
      width,
      height,
      contrast: contrastOf(data),
    }
  })
}

function contrastOf(rgb: Uint8Array): number {
  let [sum, squares, count] = [0, 0, 0]
  for (let i = 0; i + 2 < rgb.length; i += 12) {
    const grey = 0.299 * rgb[i]! + 0.587 * rgb[i + 1]! + 0.114 * rgb[i + 2]!
    sum += grey
    squares += grey * grey
    count++
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}

async function checked<T>(bytes: Uint8Array, work: (pages: number) => Promise<T>): Promise<T> {
  if (bytes.length === 0) throw new UserError('picture.empty', 'Expected a picture, received an empty file')
  if (bytes.length > LIMITS.bytes)
    throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${bytes.length}`)
  if (!looksLikePicture(bytes))
    throw new UserError(
      'picture.not-a-picture',
      'Expected a JPEG, PNG, WebP, GIF or AVIF picture, received other bytes',
    )
  try {
    const meta = await sharp(bytes, { limitInputPixels: false }).metadata()
    check(meta)
    const pages = meta.pages ?? 1
    return held(meta) > LIMITS.light ? await withDecodeLock(() => work(pages)) : await work(pages)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('picture.damaged', `Expected a whole picture, but it cannot be decoded: ${firstLine(error)}`)
  }
}

function looksLikePicture(b: Uint8Array): boolean {
  const text = Buffer.from(b.subarray(0, 12)).toString('latin1')
  return (
    text.startsWith('\xff\xd8\xff') ||
    text.startsWith('\x89PNG\r\n\x1a\n') ||
    text.startsWith('GIF8') ||
    (text.startsWith('RIFF') && text.slice(8) === 'WEBP') ||
    text.slice(4, 8) === 'ftyp'
  )
}

function check(meta: Metadata): void {
  const { width, height, pageHeight, pages = 1 } = meta
  if (meta.format === 'heif' && meta.compression !== 'av1')
    throw new UserError('picture.unsupported', 'Expected AVIF, received HEIC: save it as JPEG first')
  if (pages > LIMITS.frames)
    throw new UserError('picture.too-many-frames', `Expected at most ${LIMITS.frames} frames, received ${pages}`)
  const tall = pageHeight ?? height
  if (width * tall > LIMITS.pixels || Math.max(width, tall) > LIMITS.side)
    throw new UserError(
      'picture.too-many-pixels',
      `Expected at most ${LIMITS.pixels} pixels, received ${width} x ${tall}`,
    )
  if (held(meta) > LIMITS.decoded)
    throw new UserError(
      'picture.too-heavy',
      `Expected a picture that is decoded in ${LIMITS.decoded >> 20} MiB, received ${width} x ${tall}` +
        `${meta.isProgressive ? ', progressive' : ''}: save it smaller${meta.isProgressive ? ' or not progressive' : ''}`,
    )
}

/** Bytes that the decoder holds at once: nearly nothing where rows come one after the other, everything where not. */
function held({
  format,
  width,
  height,
  pageHeight,
  channels,
  depth,
  isProgressive,
  chromaSubsampling,
}: Metadata): number {
  const pixels = width * (pageHeight ?? height)
  if (format === 'jpeg') return isProgressive ? pixels * 2 * (chromaSubsampling === '4:2:0' ? 1.5 : channels) : 0
  if (format === 'png') return isProgressive ? pixels * channels * (depth === 'ushort' ? 2 : 1) : 0
  // WebP, GIF: a canvas with alpha. AVIF: planes, and the same in RGB.
  return pixels * (format === 'heif' ? 6 : 4)
}

/** The first frame that is not of one colour: upright, sRGB, on the background, fitted into a size. */
async function firstFrame(bytes: Uint8Array, pages: number, size: Size, withoutEnlargement: boolean): Promise<Frame> {
  const { width, height } = size
  for (let page = 0; ; page++) {
    const frame = await sharp(bytes, {
      page,
      pages: 1,
      failOn: 'error',
      limitInputPixels: LIMITS.pixels,
      limitInputChannels: 5,
      sequentialRead: true,
    })
      .timeout({ seconds: 20 })
      .autoOrient()
      .resize(width, height, { fit: 'inside', withoutEnlargement })
      .flatten({ background: BACKGROUND })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const rgb = frame.info.channels === 3 ? frame : threeChannels(frame)
    if (page + 1 >= Math.min(pages, FRAMES_TRIED) || !isBlank(rgb.data)) return rgb
  }
}

function threeChannels({ data, info }: Frame): Frame {
  const rgb = Buffer.alloc(info.width * info.height * 3)
  for (let i = 0; i < info.width * info.height; i++) rgb.fill(data[i * info.channels]!, i * 3, i * 3 + 3)
  return { data: rgb, info }
}

const fitted = ({ data, info: { width, height } }: Frame, size: Size): Promise<Frame> =>
  sharp(data, { raw: { width, height, channels: 3 } })
    .resize(size.width, size.height, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true })

/** In the middle of a white canvas. */
function letterbox({ data, info }: Frame, { width, height }: Size): Input {
  const input = new Uint8Array(width * height * 3).fill(255)
  const left = (width - info.width) >> 1
  const top = (height - info.height) >> 1
  for (let y = 0; y < info.height; y++)
    input.set(data.subarray(y * info.width * 3, (y + 1) * info.width * 3), ((top + y) * width + left) * 3)
  return input
}

function isBlank(data: Buffer): boolean {
  for (let i = 3; i < data.length; i++) if (Math.abs(data[i]! - data[i % 3]!) > 8) return false
  return true
}

const firstLine = (error: unknown): string => String(error instanceof Error ? error.message : error).split('\n')[0]!
