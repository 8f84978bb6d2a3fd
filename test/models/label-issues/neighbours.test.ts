import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neighbourLogOdds, neighbourTemperature, neighbourVoteGain } from '../../../models/label-issues/neighbours.ts'
import { sampleEvenly } from '../../../models/label-issues/sample-evenly.ts'
import { packRows, toUnitRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'

const D = 24

/** Pictures of things: each entry is a label and the thing that its picture shows. */
function makePictures(entries: [label: number, thing: number][]) {
  const random = seededRandom(5)
  const things = Array.from({ length: 10 }, () => Float32Array.from({ length: D }, () => random() ** 4))
  const z = packRows(entries.map(([, thing]) => things[thing]!.map((v) => v + 0.2 * random())))
  toUnitRows(z)
  return { z, y: Uint32Array.from(entries, ([label]) => label), group: Uint32Array.from(entries.keys()) }
}
const many = (label: number, thing: number, n: number): [number, number][] =>
  Array.from({ length: n }, () => [label, thing])

test('neighbours speak for a second kind of pictures under a label, and against a wrong one', () => {
  const { z, y, group } = makePictures([...many(0, 0, 12), ...many(0, 2, 6), ...many(1, 1, 12), [0, 1]])
  const odds = neighbourLogOdds(z, { y, group }, neighbourTemperature(z, y))
  assert.ok(odds(0, 0, 1) > 1)
  assert.ok(odds(14, 0, 1) > 1)
  assert.ok(odds(30, 0, 1) < -1)
})

test('copies do not speak for each other', () => {
  const { z, y, group } = makePictures([...many(0, 0, 8), ...many(1, 1, 8), ...many(0, 1, 2)])
  const temperature = neighbourTemperature(z, y)
  const alone = neighbourLogOdds(z, { y, group }, temperature)(16, 0, 1)
  group[17] = 16
  assert.ok(neighbourLogOdds(z, { y, group }, temperature)(16, 0, 1) < alone)
})

test('leaving out wrong pictures gains, leaving out right ones loses', () => {
  const right = [0, 1, 2].flatMap((c) => many(c, c, 12))
  const wrong: [number, number][] = [...many(0, 1, 4), ...many(1, 2, 4)]
  const { z, y, group } = makePictures([...right, ...wrong])
  const temperature = neighbourTemperature(z, y)
  const gain = (leftOut: Uint8Array) => neighbourVoteGain(z, { y, group, classes: 3, leftOut }, temperature)
  const isWrong = Uint8Array.from(y, (_, r) => Number(r >= right.length))
  assert.ok(gain(isWrong).ofKept > 0.05)
  assert.ok(gain(Uint8Array.from(y, (_, r) => Number(r < 6))).ofKept < 0)
  assert.deepEqual(gain(new Uint8Array(y.length)), { ofAll: 0, ofKept: 0 })
})

test('the temperature has a floor', () => {
  const { z } = makePictures(many(0, 0, 5))
  assert.equal(neighbourTemperature(z, new Uint32Array(5)), 0.005)
})

test('a sample is spread over the whole list', () => {
  const list = Array.from({ length: 100 }, (_, i) => i)
  assert.deepEqual(sampleEvenly(list, 4), [0, 25, 50, 75])
  assert.equal(sampleEvenly(list, 100), list)
})
