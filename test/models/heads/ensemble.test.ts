import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClassMeansHead } from '../../../models/heads/class-means.ts'
import { softmax } from '../../../models/heads/combine-scores.ts'
import { Ensemble } from '../../../models/heads/ensemble.ts'
import { SvmHead } from '../../../models/heads/svm.ts'
import { allRows } from '../../../models/numbers/rows.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'

const { set } = makeVectors([8, 8, 8])
const input = { z: set.features, y: set.y, classes: 3, weights: new Float32Array(24).fill(1), seed: 1 }
const [means, svm] = [ClassMeansHead.fit(input), SvmHead.fit(input)]
const x = allRows(set.features)

test('an ensemble answers with the softmax of the weighted scores of its members', () => {
  const ensemble = new Ensemble([
    { name: 'means', head: means, weight: 4 },
    { name: 'svm', head: svm, weight: 0.5 },
  ])
  const [cosines, margins] = [means.decisionScores(x), svm.decisionScores(x)]
  const data = cosines.data.map((v, i) => 4 * v + 0.5 * margins.data[i]!)
  const expected = softmax({ ...cosines, data })
  const p = softmax(ensemble.decisionScores(x))
  for (const [i, v] of expected.data.entries()) assert.ok(Math.abs(v - p.data[i]!) < 1e-6)
})

test('written and read it answers the same; the head that is written elsewhere is not written twice', () => {
  const ensemble = new Ensemble([
    { name: 'svm', head: svm, weight: 2 },
    { name: 'means', head: means, weight: 1 },
  ])
  const json = ensemble.toJSON(means)
  assert.deepEqual(
    json.map(({ name, weight, head }) => [name, weight, head === null]),
    [
      ['svm', 2, false],
      ['means', 1, true],
    ],
  )
  const again = Ensemble.fromJSON(JSON.parse(JSON.stringify(json)), means)
  assert.deepEqual(again.decisionScores(x), ensemble.decisionScores(x))
})
