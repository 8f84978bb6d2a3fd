import { indicesOf, type Rows, toUnitRows } from '../numbers/rows.ts'
import type { Triangle } from '../numbers/triangle.ts'
import { priorCovariance, Whitening } from '../whitening/whitening.ts'
import { ofViewsAlone, type Views, viewCovariance } from '../whitening/within-class.ts'
import type { Desk } from '../whitening/workspace.ts'

/**
 * Rows of length 1 whose product says how alike two pictures are, whatever their labels: whitened by how views of one picture differ (the
 * prior's and these pictures'), so that crops, mirror images and other light count little. No label has a part in it, so a wrong one cannot
 * hide itself.
 */
export function embedAlike(rows: Rows, views: Views[], prior: Triangle | null, desk: Desk): Rows {
  const z = desk.take(rows.rows, rows.columns, 1)
  const ofViews = viewCovariance(views.map((v) => v.views))
  const covariances = [
    ...(prior ? [priorCovariance(prior)] : []),
    ...(ofViews ? [ofViewsAlone([{ moment: ofViews, times: 1, own: true }])] : []),
  ]
  Whitening.fit(rows, indicesOf(rows), covariances, z, false)
  toUnitRows(z)
  return z
}
