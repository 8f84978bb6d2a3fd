import { readFileSync } from 'node:fs'
import { padded } from '../features.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { unpackTriangle } from '../pack.ts'
import type { Backbone } from './registry.ts'

/**
 * How pictures of one thing differ under this backbone: the covariance of normalised features around the mean of each
 * picture's random views, d x d padded, at any scale. Null where none is shipped. `npm run make-prior` makes it.
 */
export function readPrior(backbone: Backbone): Matrix | null {
  if (!backbone.prior) return null
  const bytes = readFileSync(backbone.prior)
  // n (n + 1) / 2 halves of two bytes.
  const d = Math.round((Math.sqrt(1 + 4 * bytes.length) - 1) / 2)
  const upper = unpackTriangle(bytes, d)
  const columns = padded(d)
  const data = new Float32Array(columns * columns)
  for (let i = 0; i < d; i++)
    for (let j = i; j < d; j++) data[i * columns + j] = data[j * columns + i] = upper.data[i * d + j]!
  return { data, rows: columns, columns }
}
