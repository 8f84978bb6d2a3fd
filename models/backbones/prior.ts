import { readFileSync } from 'node:fs'
import { decodeHalves, decodeTriangle, encodeHalves, encodeTriangle } from '../numbers/half-precision.ts'
import { paddedColumns } from '../numbers/matrix.ts'
import { emptyTriangle, type Triangle } from '../numbers/triangle.ts'
import type { Backbone } from './registry.ts'

/** Bytes of a value in half precision. */
const BYTES = 2

/** Rows of the covariance in a file of so many bytes: d (d + 1) / 2 values and, since there is a background, d more. */
function rowsOf(bytes: number): { d: number; hasBackground: boolean } {
  const values = bytes / BYTES
  const d = Math.round((Math.sqrt(1 + 8 * values) - 1) / 2)
  const withBackground = Math.round((Math.sqrt(9 + 8 * values) - 3) / 2)
  // d (d + 1) / 2 is never d (d + 3) / 2.
  const hasBackground = (withBackground * (withBackground + 3)) / 2 === values
  return { d: hasBackground ? withBackground : d, hasBackground }
}

/** Bytes of a file for `readPrior` and `readBackground`. @param background mean of normalized features of many pictures, d values */
export function encodePrior(covariance: Triangle, background: Float32Array): Uint8Array {
  return Buffer.concat([encodeTriangle(covariance), encodeHalves(background)])
}

/**
 * Mean of normalized features of pictures of any kind under a backbone, d values (padded). Null where none comes with the backbone, or where its
 * prior is from before there was one.
 */
export function readBackground(backbone: Backbone): Float32Array | null {
  if (!backbone.prior) return null
  const bytes = readFileSync(backbone.prior)
  const { d, hasBackground } = rowsOf(bytes.length)
  if (!hasBackground) return null
  const padded = new Float32Array(paddedColumns(d))
  padded.set(decodeHalves(bytes.subarray(bytes.length - BYTES * d)))
  return padded
}

/**
 * How pictures of one thing differ under a backbone: the covariance of normalized features of random views around the mean of their picture, d x d
 * (padded), at any scale. Null where none comes with the backbone. `npm run make-prior` makes it. Throws where the file is missing or cut off.
 */
export function readPrior(backbone: Backbone): Triangle | null {
  if (!backbone.prior) return null
  const bytes = readFileSync(backbone.prior)
  const { d, hasBackground } = rowsOf(bytes.length)
  const stored = decodeTriangle(hasBackground ? bytes.subarray(0, bytes.length - BYTES * d) : bytes, d)
  const padded = emptyTriangle(paddedColumns(d))
  for (let i = 0, from = 0, to = 0; i < d; i++) {
    padded.upper.set(stored.upper.subarray(from, from + d - i), to)
    from += d - i
    to += padded.d - i
  }
  return padded
}
