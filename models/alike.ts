import type { Desk } from './desk.ts'
import { squareOf } from './heads/product.ts'
import type { Matrix } from './kernels/kernels.ts'
import type { Rows } from './rows.ts'
import { priorCovariance, Whitening } from './whitening.ts'
import { type Views, viewCovariance } from './within.ts'

/** Degrees that views of the pictures themselves count for here. */
const VIEW_DEGREES = 100

/**
 * Rows of length 1 whose product says how alike two pictures are, whatever their labels: whitened by how views of one picture differ (the
 * prior's and these pictures'), so that crops, mirror images and other light count little. No label has a part in it, so a wrong one cannot
 * hide itself.
 */
export function embedAlike(rows: Rows, views: Views[], prior: Matrix | null, desk: Desk): Matrix {
  const all = Array.from({ length: rows.rows }, (_, r) => r)
  const z = desk.take(rows.rows, rows.columns, 1)
  const ofViews = viewCovariance(views.map((v) => v.views))
  const covariances = [
    ...(prior ? [priorCovariance(prior)] : []),
    ...(ofViews ? [{ terms: [{ matrix: ofViews, times: 1 }], degrees: VIEW_DEGREES }] : []),
  ]
  Whitening.fit(rows, all, covariances, z, false)
  for (let r = 0; r < z.rows; r++) {
    const scale = 1 / Math.sqrt(squareOf(z, r) || 1)
    for (let i = r * z.columns; i < (r + 1) * z.columns; i++) z.data[i]! *= scale
  }
  return z
}
