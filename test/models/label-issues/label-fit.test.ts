import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addOutOfFoldEvidence,
  bestOtherClass,
  classLogOdds,
  leaveOneOutFit,
} from '../../../models/label-issues/label-fit.ts'
import { allRows, packRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'

const [N, D, CLASSES] = [40, 8, 3]
const random = seededRandom(11)
const z = packRows(Array.from({ length: N }, () => Float32Array.from({ length: D }, random)))
const y = Uint32Array.from({ length: N }, (_, i) => i % CLASSES)
/** Rows 6 and 9 are copies of row 3. */
const group = Uint32Array.from({ length: N }, (_, i) => ([6, 9].includes(i) ? 3 : i))
const leftOut = Uint8Array.from({ length: N }, (_, i) => Number(i === 1 || i === 8))

/** Cosine of row r to the mean of a class, over groups that do not hold r nor anything that is left out. */
function cosine(r: number, c: number, leftOut: Uint8Array): number {
  const { data } = allRows(z)
  const vector = (i: number) => data.subarray(i * D, (i + 1) * D)
  const sum = new Float64Array(D)
  for (const g of new Set(group)) {
    const members = [...group.keys()].filter((i) => group[i] === g)
    if (y[members[0]!] !== c || g === group[r] || members.some((i) => leftOut[i])) continue
    for (const i of members) for (let k = 0; k < D; k++) sum[k]! += vector(i)[k]! / members.length
  }
  const dot = sum.reduce((total, v, k) => total + v * vector(r)[k]!, 0)
  return dot / Math.sqrt(sum.reduce((total, v) => total + v * v, 0))
}

for (const [name, out] of [
  ['nothing', new Uint8Array(N)],
  ['some', leftOut],
] as const)
  test(`cosines leave out a row and its copies; ${name} left out of the means`, () => {
    const { cosines, others } = leaveOneOutFit({ z, y, classes: CLASSES, group, leftOut: out })
    for (let r = 0; r < N; r++)
      for (let c = 0; c < CLASSES; c++) {
        const found = cosines.data[r * CLASSES + c]!
        assert.ok(Math.abs(found - cosine(r, c, out)) < 1e-4, `${r} ${c}: ${found}`)
      }
    // Class 0 has 14 rows, three of which are one picture.
    if (name === 'nothing') assert.deepEqual([...others.subarray(0, 3)], [11, 12, 12])
  })

test('a class alone has no others, and no cosine to itself', () => {
  const { cosines, others } = leaveOneOutFit({
    z: packRows([Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0, 1)]),
    y: Uint32Array.of(0, 1, 1),
    classes: 2,
    group: Uint32Array.of(0, 1, 2),
  })
  assert.equal(others[0], 0)
  assert.equal(cosines.data[0], 0)
})

test('log odds are those of a softmax; an ignored class does not count', () => {
  const cosines = { data: Float32Array.of(0.3, 0.45, 0.15), rows: 1, columns: 3 }
  const odds = classLogOdds(cosines)
  const weights = Array.from(cosines.data, (v) => Math.exp(v / 0.15))
  const expected = Math.log(weights[0]! / (weights[1]! + weights[2]!))
  assert.ok(Math.abs(odds(0, 0) - expected) < 1e-4)
  assert.ok(Math.abs(odds(0, 0, 1) - Math.log(weights[0]! / weights[2]!)) < 1e-4)
  assert.deepEqual(
    [0, 1, 2].map((c) => bestOtherClass(cosines, 0, c)),
    [1, 0, 1],
  )
})

test('out-of-fold probabilities move the rows that were asked', () => {
  const fit = leaveOneOutFit({ z, y, classes: CLASSES, group })
  const before = fit.cosines.data.slice()
  const probabilities = { data: new Float32Array(N * CLASSES).fill(0), rows: N, columns: CLASSES }
  probabilities.data.set([1, 0, 0], 2 * CLASSES)
  addOutOfFoldEvidence(fit, [2], probabilities)
  const change = fit.cosines.data.map((v, i) => v - before[i]!)
  assert.equal(change[2 * CLASSES], 0)
  assert.ok(change[2 * CLASSES + 1]! < -0.5)
  assert.ok(change.every((v, i) => v === 0 || Math.floor(i / CLASSES) === 2))
})
