import { readFileSync } from 'node:fs'
import { padded } from '../numbers/features.ts'
import { unpackTriangle } from '../numbers/pack.ts'
import { emptyTriangle, type Triangle } from '../numbers/triangle.ts'
import type { Backbone } from './registry.ts'

/**
 * How pictures of one thing differ under this backbone: the covariance of normalised features around the mean of each
 * picture's random views, d x d padded, at any scale. Null where none is shipped. `npm run make-prior` makes it.
 */
export function readPrior(backbone: Backbone): Triangle | null {
  if (!backbone.prior) return null
  const bytes = readFileSync(backbone.prior)
  // n (n + 1) / 2 halves of two bytes.
  const d = Math.round((Math.sqrt(1 + 4 * bytes.length) - 1) / 2)
  const known = unpackTriangle(bytes, d)
  const all = emptyTriangle(padded(d))
  for (let i = 0, from = 0, to = 0; i < d; i++) {
    all.upper.set(known.upper.subarray(from, from + d - i), to)
    from += d - i
    to += all.d - i
  }
  return all
}
