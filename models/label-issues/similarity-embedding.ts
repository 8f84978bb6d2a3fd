import { indicesOf, type Rows, toUnitRows } from '../numbers/rows.ts'
import type { Triangle } from '../numbers/triangle.ts'
import { type PictureViews, priorCovariance, viewCovariance, weighViewCovariance } from '../whitening/covariance.ts'
import { Whitening } from '../whitening/whitening.ts'
import type { Workspace } from '../whitening/workspace.ts'

/**
 * Rows of length 1 whose dot product says how similar two pictures are, whatever their labels. They are whitened by how views of one picture differ
 * (the prior's and these pictures'), so that crops, mirror images and other light count little. Labels have no part in it, so a wrong label cannot
 * hide itself.
 * @param x n x d features @param workspace where the rows are: valid until it is used again
 */
export function embedForSimilarity(
  x: Rows,
  { views, prior }: { views: PictureViews[]; prior: Triangle | null },
  workspace: Workspace,
): Rows {
  const z = workspace.take(x.rows, x.columns, 1)
  const ofViews = viewCovariance(views.map((v) => v.views))
  const covariances = prior ? [priorCovariance(prior)] : []
  if (ofViews) covariances.push(weighViewCovariance([{ moment: ofViews, factor: 1, temporary: true }]))
  Whitening.fit({ x, inside: indicesOf(x), covariances, z, saved: false })
  toUnitRows(z)
  return z
}
