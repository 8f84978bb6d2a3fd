import assert from 'node:assert/strict'
import { test } from 'node:test'
import { poolLoss, poolSlopes } from '../../../models/evaluation/ensemble-loss.ts'
import { fitEnsembleWeights } from '../../../models/evaluation/ensemble-weights.ts'
import { labelWeights } from '../../../models/evaluation/label-weights.ts'
import { weightedSum } from '../../../models/heads/combine-scores.ts'
import { accuracyOf, makeScores } from '../../support/made-up-scores.ts'

const [N, CLASSES] = [300, 4]
const { truth, scores } = makeScores(N, CLASSES)

test('a head that knows nothing counts next to nothing; two that know different things count both', () => {
  const [good, other, blind] = [scores(1), scores(1), scores(0)]
  const weights = fitEnsembleWeights([good, other, blind], truth, { initial: [1, 1, 1] })
  assert.ok(weights.every((w) => w >= 0))
  assert.ok(weights[2]! < 0.1 * weights[0]! && weights[2]! < 0.1 * weights[1]!, `${weights}`)
  assert.ok(accuracyOf(weightedSum([good, other, blind], weights), truth) > accuracyOf(good, truth) + 0.03)
})

test('few rows do not turn the initial weights around', () => {
  const some = [scores(1), scores(0.9)].map((s) => ({ ...s, data: s.data.slice(0, 8 * CLASSES), rows: 8 }))
  const [a, b] = fitEnsembleWeights(some, truth.slice(0, 8), { initial: [1, 3] })
  assert.ok(b! / a! > 1 && b! / a! < 9, `${b! / a!}`)
})

test('heads that are worse than chance answer all the same', () => {
  assert.ok(fitEnsembleWeights([scores(-3), scores(-3)], truth, { initial: [1, 1] }).some((w) => w > 0))
})

test('only the rows that are given count', () => {
  const [good, blind] = [scores(1), scores(0)]
  const spoiled = { ...good, data: good.data.map((v, i) => (i < (N / 2) * CLASSES ? -v : v)) }
  const rows = Array.from({ length: N / 2 }, (_, i) => N / 2 + i)
  const own = rows.map((r) => truth[r]!)
  assert.deepEqual(
    fitEnsembleWeights([spoiled, blind], own, { initial: [1, 1], rows }),
    fitEnsembleWeights([good, blind], own, { initial: [1, 1], rows }),
  )
})

test('the slopes of the loss are its differences', () => {
  const problem = {
    scores: [scores(1), scores(0.5), scores(0)],
    y: [...truth],
    importance: labelWeights(truth),
    initial: [1, 2, 1],
    pull: 0.5,
  }
  const at = [0.8, 1.5, 0.3]
  const { gradient, hessian } = poolSlopes(problem, at)
  const step = 1e-3
  const moved = (h: number, by: number): number[] => at.map((w, i) => (i === h ? w + by : w))
  for (const h of at.keys()) {
    const [above, below] = [poolLoss(problem, moved(h, step)), poolLoss(problem, moved(h, -step))]
    assert.ok(Math.abs((above - below) / (2 * step) - gradient[h]!) < 0.02 * Math.abs(gradient[h]!) + 0.02)
    const [up, down] = [poolSlopes(problem, moved(h, step)), poolSlopes(problem, moved(h, -step))]
    for (const g of at.keys()) {
      const slope = (up.gradient[g]! - down.gradient[g]!) / (2 * step)
      assert.ok(Math.abs(slope - hessian[h]![g]!) < 0.02 * Math.abs(slope) + 0.02, `${slope} ${hessian[h]![g]}`)
    }
  }
})
