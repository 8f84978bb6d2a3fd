import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelLevels } from '../../../models/evaluation/label-levels.ts'
import { openSetLogOdds } from '../../../models/evaluation/open-set.ts'
import { seededRandom } from '../../../models/random.ts'

const random = seededRandom(5)
const drawNormal = (mean: number, deviation: number): number =>
  mean + deviation * (Array.from({ length: 12 }, random).reduce((a, b) => a + b) - 6)

/** `count` pictures of each label, by the mean of its log odds. */
function drawKnown(means: number[], count: number, deviation = 1) {
  const own = means.flatMap((_, c) => new Array<number>(count).fill(c))
  return { own, logOdds: own.map((c) => drawNormal(means[c]!, deviation)), classes: means.length }
}

test('what looks like a label of like pictures must be nearer than what looks like one of varied pictures', () => {
  const levels = labelLevels(drawKnown([4, 1, -2], 20))
  assert.ok(levels)
  assert.ok(Math.abs(levels[0]! - 1.5) < 0.4 && Math.abs(levels[1]!) < 0.4 && Math.abs(levels[2]! + 1.5) < 0.4)
  const curve = { bias: 0, nearness: 1, gap: 0, levels }
  const seen = (label: number) => openSetLogOdds(curve, { label, nearness: 1, gap: 0, fromBackground: null })
  assert.ok(seen(0) < 0 && seen(2) > 2)
})

test('few pictures of labels that differ by chance alone change little', () => {
  const spreads = Array.from({ length: 50 }, () => labelLevels(drawKnown([1, 1, 1, 1, 1], 4)))
  const largest = spreads.map((levels) => Math.max(...(levels ?? [0]).map(Math.abs)))
  assert.ok(largest.reduce((a, b) => a + b) / largest.length < 0.2)
})

test('a label without pictures that were tested has no level; two labels, or labels of two pictures, have none at all', () => {
  const known = drawKnown([4, 1, -2], 20)
  assert.equal(labelLevels({ ...known, classes: 4 })?.[3], 0)
  assert.equal(labelLevels(drawKnown([4, -2], 20)), undefined)
  assert.equal(labelLevels(drawKnown([4, 1, -2], 2)), undefined)
  assert.equal(labelLevels({ own: [], logOdds: [], classes: 3 }), undefined)
})
