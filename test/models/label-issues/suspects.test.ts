import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDatasetIssues } from '../../../models/label-issues/find-dataset-issues.ts'
import { SUSPECT_THRESHOLD } from '../../../models/label-issues/suspicion-score.ts'
import { packRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'
import { trainClassifier } from '../../../models/train.ts'
import { gaussian } from '../../support/gaussian.ts'

const D = 64

/** Pictures of things: each entry is a label and the thing that its picture really shows. */
function findIssues(
  entries: [label: number, thing: number][],
  more: { robust?: boolean; vouched?: number[]; noise?: number } = {},
) {
  const random = seededRandom(12)
  const things = Array.from({ length: 30 }, () => Float32Array.from({ length: D }, () => random() * 2))
  const features = entries.map(([, t]) =>
    things[t]!.map((v) => Math.max(0, v + (more.noise ?? 1.2) * (random() + random() - 1))),
  )
  const labels = [...new Set(entries.map(([l]) => l))].map((l) => `label ${l}`)
  const vouched = Uint8Array.from(entries, (_, i) => Number(more.vouched?.includes(i) ?? false))
  const hashes = features.map(() => BigInt(Math.floor(random() * 2 ** 32)) * 4294967291n)
  const y = Uint32Array.from(entries, ([l]) => l)
  const rows = packRows(features)
  const set = { features: rows, queryFeatures: rows, views: [], y, labels, hashes, vouched, prior: null }
  return trainClassifier(set, { heads: ['means'], robust: more.robust ?? true }).issues
}
const many = (label: number, thing: number, n: number): [number, number][] =>
  Array.from({ length: n }, () => [label, thing])
const flagged = (s: ReturnType<typeof findIssues>): number[] =>
  [...s.suspicions.scores.keys()].filter((i) => s.suspicions.scores[i]! >= SUSPECT_THRESHOLD)

test('wrong pictures are found, named, and left out; right ones are not', () => {
  const right = [0, 1, 2, 3, 4].flatMap((c) => many(c, c, 16))
  const wrong: [number, number][] = [0, 1, 2, 3, 4].flatMap((c) => [
    [c, (c + 1) % 5],
    [c, (c + 2) % 5],
    [c, 20 + c],
    [c, 25 + c],
  ])
  const found = findIssues([...right, ...wrong])
  const all = flagged(found)
  assert.ok(all.filter((i) => i >= right.length).length >= 18, `${all}`)
  assert.ok(all.filter((i) => i < right.length).length <= 4, `${all}`)
  wrong.forEach(([, thing], i) => {
    const suggested = found.suspicions.suggested[right.length + i]!
    if (thing < 5) assert.equal(suggested, thing)
  })
  const out = [...found.suspicions.leftOut.keys()].filter((i) => found.suspicions.leftOut[i])
  assert.ok(out.length >= 14 && out.every((i) => all.includes(i)))
  assert.equal(findIssues([...right, ...wrong], { robust: false }).suspicions.leftOut.some(Boolean), false)
})

test('where nothing is wrong, nearly nothing is left out', () => {
  const found = findIssues([0, 1, 2, 3, 4, 5].flatMap((c) => many(c, c, 20)))
  assert.ok(found.suspicions.leftOut.reduce((a, b) => a + b, 0) <= 2)
  assert.ok(flagged(found).length <= 6)
})

test('what a person vouched for is never left out', () => {
  const entries = [
    ...[0, 1, 2, 3].flatMap((c) => many(c, c, 15)),
    [0, 1] as [number, number],
    [0, 2] as [number, number],
  ]
  assert.equal(findIssues(entries).suspicions.leftOut[60], 1)
  assert.equal(findIssues(entries, { vouched: [60] }).suspicions.leftOut[60], 0)
})

test("odd pictures of broad labels are flagged, but kept: they are in no other label's way", () => {
  const odd = (c: number): [number, number][] => Array.from({ length: 4 }, (_, i) => [c, 5 + c * 4 + i])
  const found = findIssues([0, 1, 2, 3, 4].flatMap((c) => [...many(c, c, 14), ...odd(c)]))
  assert.ok(flagged(found).length >= 10)
  assert.equal(found.suspicions.leftOut.some(Boolean), false)
})

test('a label that is mostly wrong loses no more than it can bear', () => {
  const entries = [
    ...many(0, 0, 8),
    ...many(0, 1, 4),
    ...many(0, 2, 4),
    ...many(0, 3, 4),
    ...[1, 2, 3].flatMap((c) => many(c, c, 20)),
  ]
  const { leftOut } = findIssues(entries).suspicions
  const lost = leftOut.subarray(0, 20).reduce((a, b) => a + b, 0)
  assert.ok(lost <= 8, `${lost} of 20`)
  assert.equal(leftOut.subarray(20).some(Boolean), false)
})

test('a label with two very different kinds of pictures keeps both', () => {
  const entries = [...many(0, 0, 12), ...many(0, 20, 12), ...[1, 2, 3].flatMap((c) => many(c, c, 20))]
  const { leftOut } = findIssues(entries).suspicions
  assert.ok(leftOut.reduce((a, b) => a + b, 0) <= 1)
})

test('where every label holds two kinds of pictures, both are kept, and wrong ones found all the same', () => {
  const labels = [0, 1, 2, 3, 4, 5, 6, 7]
  const right = labels.flatMap((c) => [...many(c, c, 16), ...many(c, 8 + c, 5)])
  assert.equal(findIssues(right).suspicions.leftOut.some(Boolean), false)
  const wrong = labels.flatMap((c): [number, number][] => [
    [c, (c + 1) % 8],
    [c, (c + 2) % 8],
    [c, 16 + c],
    [c, 22 + c],
  ])
  const { leftOut } = findIssues([...right, ...wrong]).suspicions
  const count = (some: Uint8Array): number => some.reduce((a, b) => a + b, 0)
  assert.ok(count(leftOut.subarray(0, right.length)) <= 4, `${count(leftOut.subarray(0, right.length))} right ones`)
  assert.ok(count(leftOut.subarray(right.length)) >= 16, `${count(leftOut.subarray(right.length))} wrong ones`)
})

test('wrong pictures are left out, too, where it takes many pictures to see what a label is', () => {
  const [n, labels, wide] = [2000, 40, 816]
  const random = seededRandom(5)
  const gauss = gaussian(random)
  const centres = Array.from({ length: labels }, () => Float32Array.from({ length: wide }, () => 0.25 * gauss()))
  const truth = Array.from({ length: n }, (_, i) => i % labels)
  const y = Uint32Array.from(truth, (t) => (random() < 0.3 ? Math.floor(random() * labels) : t))
  const rows = packRows(truth.map((t) => centres[t]!.map((v) => Math.max(0, v + gauss()))))
  const hashes = truth.map(() => BigInt(Math.floor(random() * 2 ** 32)) * 4294967291n)
  const names = centres.map((_, c) => `label ${c}`)
  const { issues } = findDatasetIssues({
    features: rows,
    queryFeatures: rows,
    views: [],
    y,
    labels: names,
    hashes,
    prior: null,
  })
  const out = [...y.keys()].filter((r) => issues.suspicions.leftOut[r])
  const right = out.filter((r) => truth[r] === y[r]).length
  assert.ok(out.length - right > 450, `${out.length - right} wrong ones of some 570`)
  assert.ok(right < 30, `${right} right ones`)
})

test('labels without any rule: no single picture is to blame', () => {
  const random = seededRandom(3)
  const entries = Array.from({ length: 90 }, (_, i): [number, number] => [i % 3, Math.floor(random() * 3)])
  assert.deepEqual(flagged(findIssues(entries)), [])
})

test('copies under one label do not speak for one another', () => {
  const entries = [...[0, 1, 2, 3].flatMap((c) => many(c, c, 15)), ...many(0, 1, 3)]
  const alone = flagged(findIssues(entries))
  for (const i of [60, 61, 62]) assert.ok(alone.includes(i))
})
