import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectationConsistency } from '../../../models/evaluation/calibration.ts'
import { fitEnsembleWeights } from '../../../models/evaluation/ensemble-weights.ts'
import { ClassMeansHead } from '../../../models/heads/class-means.ts'
import { softmax, weightedSum } from '../../../models/heads/combine-scores.ts'
import { SvmHead } from '../../../models/heads/svm.ts'
import type { Matrix } from '../../../models/kernels/kernels.ts'
import { allRows, makeRows, packRows } from '../../../models/numbers/rows.ts'
import { upperOf } from '../../../models/numbers/triangle.ts'
import { seededRandom } from '../../../models/random.ts'
import { priorCovariance, Whitening } from '../../../models/whitening/whitening.ts'

const [N, CLASSES, D] = [300, 4, 24]
const random = seededRandom(8)
const noise = (): number => random() + random() + random() - 1.5
const truth = Uint32Array.from({ length: N }, (_, i) => i % CLASSES)

/** Scores that favour the true class by so much. */
function scores(lead: number): Matrix {
  const data = Float32Array.from(
    { length: N * CLASSES },
    (_, i) => noise() + (i % CLASSES === truth[Math.floor(i / CLASSES)] ? lead : 0),
  )
  return { data, rows: N, columns: CLASSES }
}

function accuracyOf({ data, rows, columns }: Matrix): number {
  const best = Array.from({ length: rows }, (_, r) => {
    const row = data.subarray(r * columns, (r + 1) * columns)
    return row.indexOf(Math.max(...row))
  })
  return best.filter((c, r) => c === truth[r]).length / rows
}

test('a head that knows nothing counts next to nothing; two that know different things count both', () => {
  const [good, other, blind] = [scores(1), scores(1), scores(0)]
  const weights = fitEnsembleWeights([good, other, blind], truth, { initial: [1, 1, 1] })
  assert.ok(weights.every((w) => w >= 0))
  assert.ok(weights[2]! < 0.1 * weights[0]! && weights[2]! < 0.1 * weights[1]!, `${weights}`)
  assert.ok(accuracyOf(weightedSum([good, other, blind], weights)) > accuracyOf(good) + 0.03)
})

test('few rows do not turn the usual weights around', () => {
  const some = [scores(1), scores(0.9)].map((s) => ({ ...s, data: s.data.slice(0, 8 * CLASSES), rows: 8 }))
  const [a, b] = fitEnsembleWeights(some, truth.slice(0, 8), { initial: [1, 3] })
  assert.ok(b! / a! > 1 && b! / a! < 9, `${b! / a!}`)
})

test('answers are as sure as they are right, on average, at any scale of the scores', () => {
  for (const scale of [0.5, 1, 5]) {
    const raw = scores(1.2)
    const odds = { ...raw, data: raw.data.map((v) => v * scale) }
    const times = expectationConsistency(odds, truth)
    const p = softmax({ ...odds, data: odds.data.map((v) => v * times) })
    let confidence = 0
    for (let r = 0; r < N; r++) confidence += Math.max(...p.data.subarray(r * CLASSES, (r + 1) * CLASSES)) / N
    assert.ok(Math.abs(confidence - accuracyOf(p)) < 0.01, `${scale}: ${confidence}`)
  }
})

test('a machine of plain rows gives whitened ones the margins that it would give the plain ones', () => {
  const centres = Array.from({ length: CLASSES }, () => Float32Array.from({ length: D }, () => random() * 2))
  const x = packRows(Array.from(truth, (c) => centres[c]!.map((v) => Math.max(0, v + noise()))))
  const all = [...truth.keys()]
  const z = makeRows(N, D)
  const moment = new Float32Array(x.columns ** 2).map((_, i) => (i % (x.columns + 1) === 0 ? 1 + (i % 7) : 0.2))
  const prior = priorCovariance(upperOf({ data: moment, rows: x.columns, columns: x.columns }))
  const whitening = Whitening.fit(x, all, [prior], z)
  const lesson = { z, y: truth, classes: CLASSES, weights: new Float32Array(N).fill(1), seed: 1 }
  const means = ClassMeansHead.fit(lesson).decisionScores(allRows(z))
  const plain = SvmHead.fitUnwhitened(lesson, whitening.unwhiten(x, all, z))
  // `z` now has the plain rows, at mean square norm 1.
  const direct = SvmHead.fit({ ...lesson, z }).decisionScores(allRows(z))
  const through = plain.decisionScores(whitening.apply(allRows(x)))
  for (let i = 0; i < direct.data.length; i++)
    assert.ok(Math.abs(direct.data[i]! - through.data[i]!) < 2e-3, `${direct.data[i]} ${through.data[i]}`)
  assert.ok(accuracyOf(means) > 0.5)
})

test('heads that are worse than chance answer all the same', () => {
  assert.ok(fitEnsembleWeights([scores(-3), scores(-3)], truth, { initial: [1, 1] }).some((w) => w > 0))
})
