import { BackboneClassifier } from '../backbone-classifier.ts'
import { type Whitened, whitenVector } from '../cross-validation/whiten-examples.ts'
import type { OpenSetCurve } from '../evaluation/open-set.ts'
import { openSetPoints } from '../evaluation/open-set-points.ts'
import { OpenSetView } from '../evaluation/open-set-view.ts'
import { ClassMeansHead } from '../heads/class-means.ts'
import { Ensemble } from '../heads/ensemble.ts'
import { type HeadName, membersOf } from '../heads/names.ts'
import { fitHeads } from '../heads/registry.ts'

/** `weights`: what each member of the head counts (`membersOf`). `background`: as for `Embeddings`. */
type Parts = { head: HeadName; weights: number[]; openSet: OpenSetCurve; background: Float32Array | null }

/** Trains the members of the chosen head that count on every row that counts, for one backbone. */
export function fitBackboneClassifier(
  { input, whitening, unwhiten }: Whitened,
  { head, weights, openSet, background }: Parts,
): BackboneClassifier {
  const means = ClassMeansHead.fit(input)
  const view = OpenSetView.fit(openSetPoints(input, whitenVector(whitening, background)), means.unitMeans)
  const members = membersOf(head)
    .map((name, i) => ({ name, weight: weights[i]! }))
    .filter(({ weight }) => weight > 0)
  const names = members.map(({ name }) => name)
  const fitted = fitHeads(names, input, { means, unwhiten })
  const ensemble = new Ensemble(members.map(({ name, weight }) => ({ name, weight, head: fitted[name]! })))
  return new BackboneClassifier({ whitening, ensemble, means, openSet, view })
}
