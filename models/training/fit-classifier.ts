import { Classifier } from '../classifier.ts'
import { type Whitened, whitenVector } from '../cross-validation/whiten-examples.ts'
import type { OpenSetCurve } from '../evaluation/open-set.ts'
import { openSetPoints } from '../evaluation/open-set-points.ts'
import { OpenSetView } from '../evaluation/open-set-view.ts'
import type { Refusals } from '../evaluation/refusals.ts'
import { ClassMeansHead } from '../heads/class-means.ts'
import { Ensemble } from '../heads/ensemble.ts'
import { membersOf } from '../heads/names.ts'
import { fitHeads } from '../heads/registry.ts'
import type { ChosenHead } from './compare-heads.ts'

type Parts = {
  labels: string[]
  head: Pick<ChosenHead, 'name' | 'weights'>
  openSet: OpenSetCurve
  refusals: Refusals
  background: Float32Array | null
}

/** Trains the members of the chosen head that count on every row that counts. */
export function fitClassifier(
  { input, whitening, unwhiten }: Whitened,
  { labels, head, openSet, refusals, background }: Parts,
): Classifier {
  const means = ClassMeansHead.fit(input)
  const view = OpenSetView.fit(openSetPoints(input, whitenVector(whitening, background)), means.unitMeans)
  const members = membersOf(head.name)
    .map((name, i) => ({ name, weight: head.weights[i]! }))
    .filter(({ weight }) => weight > 0)
  const names = members.map(({ name }) => name)
  const fitted = fitHeads(names, input, { means, unwhiten })
  const ensemble = new Ensemble(members.map(({ name, weight }) => ({ name, weight, head: fitted[name]! })))
  return new Classifier({ labels, whitening, ensemble, means, openSet, view, refusals })
}
