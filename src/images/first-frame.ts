import sharp, { type OutputInfo } from 'sharp'
import { LIMITS } from './limits.ts'
import { CHANNELS, type Pixels, type Size } from './pixels.ts'

// Nothing is kept between pictures, and only the formats that sniff.ts knows are ever decoded.
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

const BACKGROUND = { r: 255, g: 255, b: 255 }
/** Animations often fade in; longer than this is rare, and each frame takes time. */
const FRAMES_TRIED = 8
const TIMEOUT_SECONDS = 20
/** CMYK with alpha. */
const MAX_CHANNELS = 5
/** Of 255, in each channel: what a codec makes of one colour differs by less. */
const BLANK_TOLERANCE = 8

/** What ends decoding. To libjpeg, rows that are missing before the end are a warning. */
export type FailOn = 'error' | 'warning'

type FrameOptions = { pages: number; failOn: FailOn; size: Size; withoutEnlargement: boolean }

/**
 * The first frame that is not of one colour: upright, sRGB, on white, fitted into a size.
 * @param options `pages`: how many frames there are
 */
export async function firstFrame(bytes: Uint8Array, { pages, ...options }: FrameOptions) {
  const tries = Math.min(pages, FRAMES_TRIED)
  for (let page = 0; ; page++) {
    const frame = await decodeFrame(bytes, page, options)
    if (page + 1 >= tries || !isBlank(frame.data)) return frame
  }
}

async function decodeFrame(
  bytes: Uint8Array,
  page: number,
  { failOn, size, withoutEnlargement }: Omit<FrameOptions, 'pages'>,
): Promise<Pixels> {
  const { data, info } = await sharp(bytes, {
    page,
    pages: 1,
    failOn,
    limitInputPixels: LIMITS.pixels,
    limitInputChannels: MAX_CHANNELS,
    sequentialRead: true,
  })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .autoOrient()
    .resize(size.width, size.height, { fit: 'inside', withoutEnlargement })
    .flatten({ background: BACKGROUND })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: info.channels === CHANNELS ? data : greyToRgb(data, info) }
}

/** Grey comes as one channel. */
function greyToRgb(data: Buffer, { width, height, channels }: OutputInfo): Buffer {
  const rgb = Buffer.alloc(width * height * CHANNELS)
  for (let i = 0; i < width * height; i++) rgb.fill(data[i * channels] ?? 0, i * CHANNELS, (i + 1) * CHANNELS)
  return rgb
}

function isBlank(rgb: Uint8Array): boolean {
  for (let i = CHANNELS; i < rgb.length; i++)
    if (Math.abs((rgb[i] ?? 0) - (rgb[i % CHANNELS] ?? 0)) > BLANK_TOLERANCE) return false
  return true
}

/** A frame scaled to fit into a size. */
export async function fitInside(frame: Pixels, size: Size): Promise<Pixels> {
  const { data, info } = await sharp(frame.data, {
    raw: { width: frame.width, height: frame.height, channels: CHANNELS },
  })
    .resize(size.width, size.height, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
