import { readFileSync } from 'node:fs'
import { decodeTriangle } from '../numbers/half-precision.ts'
import { paddedColumns } from '../numbers/matrix.ts'
import { emptyTriangle, type Triangle } from '../numbers/triangle.ts'
import type { Backbone } from './registry.ts'

/**
 * How pictures of one thing differ under a backbone: the covariance of normalised features of random views around the mean of their picture, d x d
 * (padded), at any scale. Null where none comes with the backbone. `npm run make-prior` makes it. Throws where the file is missing or cut off.
 */
export function readPrior(backbone: Backbone): Triangle | null {
  if (!backbone.prior) return null
  const bytes = readFileSync(backbone.prior)
  // d (d + 1) / 2 values of two bytes.
  const d = Math.round((Math.sqrt(1 + 4 * bytes.length) - 1) / 2)
  const stored = decodeTriangle(bytes, d)
  const padded = emptyTriangle(paddedColumns(d))
  for (let i = 0, from = 0, to = 0; i < d; i++) {
    padded.upper.set(stored.upper.subarray(from, from + d - i), to)
    from += d - i
    to += padded.d - i
  }
  return padded
}
