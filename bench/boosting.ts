// Training time and accuracy of boosting on the same features, one core each.
import { BoostingHead } from '../models/heads/boosting.ts'
import { packMatrix } from '../test/support/pack-matrix.ts'
import { accuracyOf, makeProblem, ones, scikitLearn, timed } from './problem.ts'

type Row = { who: string; seconds: number | null; accuracy: number | null }

/** 2,000 examples of 20 classes, all columns: ours against scikit-learn's HistGradientBoosting as it comes. */
export function measureBoosting(): Row[] {
  const problem = makeProblem(2000, 20, 0.108)
  const { x, y, classes, tx, ty } = problem
  const [head, seconds] = timed(() =>
    BoostingHead.fit({ z: packMatrix(x), y, classes, weights: ones(x.rows), seed: 1 }),
  )
  const theirs = scikitLearn('boosting', problem, 1)
  return [
    { who: 'Mekiki', seconds, accuracy: accuracyOf(head.decisionScores(tx), ty) },
    {
      who: 'scikit-learn HistGradientBoosting',
      seconds: theirs?.seconds ?? null,
      accuracy: theirs?.accuracy ?? null,
    },
  ]
}
if (import.meta.main) console.table(measureBoosting())
