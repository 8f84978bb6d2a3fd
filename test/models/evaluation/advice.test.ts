import assert from 'node:assert/strict'
import { test } from 'node:test'
import { advise } from '../../../models/evaluation/advice.ts'
import { packRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'
import { trainClassifier } from '../../../models/train.ts'

const D = 24

/** Labels around centres; `centre` of each label by number, so that two may share one. */
function adviseOn(centre: number[], each: number, noise: number) {
  const random = seededRandom(8)
  const centres = centre.map(() => Float32Array.from({ length: D }, () => random() * 2))
  const y = Uint32Array.from(centre.flatMap((_, c) => new Array<number>(each).fill(c)))
  const features = [...y].map((c) =>
    centres[centre[c]!]!.map((v) => Math.max(0, v + noise * (random() + random() - 1))),
  )
  const hashes = features.map(() => BigInt(Math.floor(random() * 2 ** 32)) * 4294967291n)
  const labels = centre.map((_, c) => `label ${c}`)
  const { measurement } = trainClassifier(
    { features: packRows(features), queryFeatures: packRows(features), views: [], y, labels, hashes, prior: null },
    { heads: ['means'] },
  )
  return { measurement, advice: advise(measurement, labels) }
}

test('two labels for one thing are named, and only they', () => {
  const { advice } = adviseOn([0, 1, 2, 1, 4], 12, 0.4)
  assert.deepEqual(
    advice.alike.map((a) => a.labels),
    [['label 1', 'label 3']],
  )
  assert.ok(Math.abs(advice.alike[0]!.mixed - 0.5) < 0.25)
  assert.deepEqual(advice.needMore.map((n) => n.label).sort(), ['label 1', 'label 3'])
})

test('what is learned perfectly needs nothing, and two pictures a label are too few to tell', () => {
  const { advice } = adviseOn([0, 1, 2], 10, 0.05)
  assert.deepEqual(advice, { neverRecognized: [], needMore: [], alike: [], twice: null })
  const few = adviseOn([0, 1], 2, 0.05)
  assert.equal(few.measurement.learning, null)
  assert.deepEqual(
    few.advice.needMore.map((n) => n.examples),
    [2, 2],
  )
})
