import { indicesOf, makeRows, type Rows, toUnitRows } from '../numbers/rows.ts'
import type { Embeddings } from '../training-set.ts'
import { priorCovariance, viewCovariance, weighViewCovariance } from '../whitening/covariance.ts'
import { Whitening } from '../whitening/whitening.ts'
import type { Workspace } from '../whitening/workspace.ts'

/**
 * Rows of length 1 whose dot product says how similar two pictures are, whatever their labels. They are whitened by how views of one picture differ
 * (the prior's and these pictures'), so that crops, mirror images and other light count little. Labels have no part in it, so a wrong label cannot
 * hide itself.
 * @param embeddings of one backbone or more: the similarity is the mean of what each says
 * @param workspace where the rows are if there is one backbone: valid until it is used again
 */
export function embedForSimilarity(embeddings: Omit<Embeddings, 'queryFeatures'>[], workspace: Workspace): Rows {
  const [first, ...others] = embeddings
  if (others.length === 0) return embed(first!, workspace)
  const columns = embeddings.reduce((sum, { features }) => sum + features.columns, 0)
  const joined = makeRows(first!.features.rows, columns)
  let from = 0
  for (const one of embeddings) {
    writeColumns(embed(one, workspace), joined, from)
    from += one.features.columns
  }
  toUnitRows(joined)
  return joined
}

function embed({ features: x, views, prior }: Omit<Embeddings, 'queryFeatures'>, workspace: Workspace): Rows {
  const z = workspace.take(x.rows, x.columns, 1)
  const ofViews = viewCovariance(views.map((v) => v.views))
  const covariances = prior ? [priorCovariance(prior)] : []
  if (ofViews) covariances.push(weighViewCovariance([{ moment: ofViews, factor: 1, temporary: true }]))
  Whitening.fit({ x, inside: indicesOf(x), covariances, z, saved: false })
  toUnitRows(z)
  return z
}

/** Copies the columns of some rows to those of wider ones, from column `start` on. */
function writeColumns(from: Rows, to: Rows, start: number): void {
  for (let r = 0; r < from.rows; r++) {
    const factor = from.scales[r]! / to.scales[r]!
    for (let i = 0, at = r * to.columns + start; i < from.columns; i++)
      to.data[at + i] = Math.round(factor * from.data[r * from.columns + i]!)
  }
}
