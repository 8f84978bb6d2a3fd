// Training time and accuracy of boosting, on the same features and one core each.
import { BoostingHead } from '../models/heads/boosting.ts'
import { packMatrix } from '../test/support/pack-matrix.ts'
import { accuracyOf, makeProblem, ones, scikitLearn, timed } from './problem.ts'

type Row = { who: string; seconds: number | null; accuracy: number | null }

/** 2,000 examples of 20 classes, all columns: Mekiki's against scikit-learn's HistGradientBoosting with its defaults. */
export function measureBoosting(): Row[] {
  const problem = makeProblem({ rows: 2000, classes: 20, distance: 0.108 })
  const { x, y, classes, testX, testY } = problem
  const [head, seconds] = timed(() =>
    BoostingHead.fit({ z: packMatrix(x), y, classes, weights: ones(x.rows), seed: 1 }),
  )
  const theirs = scikitLearn('boosting', problem, 1)
  return [
    { who: 'Mekiki', seconds, accuracy: accuracyOf(head.decisionScores(testX), testY) },
    {
      who: 'scikit-learn HistGradientBoosting',
      seconds: theirs?.seconds ?? null,
      accuracy: theirs?.accuracy ?? null,
    },
  ]
}
if (import.meta.main) console.table(measureBoosting())
