import type { Metadata } from 'sharp'
import { UserError } from '../errors.ts'
import { LIMITS } from './limits.ts'

/**
 * Refuses what its header says is too much to decode. Throws UserError picture.too-many-frames,
 * .too-many-pixels, .too-heavy
 */
export function checkLimits(meta: Metadata): void {
  const { width, pages = 1, isProgressive } = meta
  const height = frameHeight(meta)
  if (pages > LIMITS.frames)
    throw new UserError('picture.too-many-frames', `Expected at most ${LIMITS.frames} frames, received ${pages}`)
  if (width * height > LIMITS.pixels || Math.max(width, height) > LIMITS.side)
    throw new UserError(
      'picture.too-many-pixels',
      `Expected at most ${LIMITS.pixels} pixels, received ${width} x ${height}`,
    )
  if (decoderBytes(meta) > LIMITS.decoderBytes)
    throw new UserError(
      'picture.too-heavy',
      `Expected a picture that is decoded in ${LIMITS.decoderBytes >> 20} MiB, received ${width} x ${height}` +
        `${isProgressive ? ', progressive' : ''}: save it smaller${isProgressive ? ' or not progressive' : ''}`,
    )
}

/** The frames of an animation are one below the other. */
const frameHeight = ({ height, pageHeight }: Metadata): number => pageHeight ?? height

/** Bytes that the decoder holds at once: nearly nothing where rows come one after the other, everything where not. */
export function decoderBytes(meta: Metadata): number {
  const pixels = meta.width * frameHeight(meta)
  switch (meta.format) {
    case 'jpeg':
      return meta.isProgressive ? pixels * coefficientBytes(meta) : 0
    case 'png':
      return meta.isProgressive ? pixels * meta.channels * (meta.depth === 'ushort' ? 2 : 1) : 0
    case 'heif':
      // Planes, and the same in RGB.
      return pixels * 6
    default:
      // WebP, GIF: a canvas with alpha.
      return pixels * 4
  }
}

/** Bytes a pixel of a progressive JPEG: 16 bits a coefficient, with 4:2:0 one and a half of them. */
const coefficientBytes = ({ chromaSubsampling, channels }: Metadata): number =>
  2 * (chromaSubsampling === '4:2:0' ? 1.5 : channels)
