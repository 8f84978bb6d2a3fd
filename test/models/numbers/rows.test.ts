import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normalize } from '../../../models/numbers/features.ts'
import {
  allRows,
  classMeans,
  dotOfRows,
  inParts,
  meanOfRows,
  packRows,
  squaredNormOfRow,
  takeRows,
  toUnitRows,
} from '../../../models/numbers/rows.ts'

/** Half a step of 16 bits at a scale of 1. */
const HALF_STEP = 0.5 / 32_767
const vectors = (d: number) =>
  fc.array(fc.float32Array({ minLength: d, maxLength: d, min: 0, max: 1e6, noNaN: true }), {
    minLength: 1,
    maxLength: 6,
  })

test('16 bits are at most half a step off what floats would hold', () => {
  fc.assert(
    fc.property(vectors(11), (rows) => {
      const exact = normalize(rows)
      const read = allRows(packRows(rows))
      assert.equal(read.columns, 16)
      exact.data.forEach((v, i) => {
        assert.ok(Math.abs(v - read.data[i]!) <= HALF_STEP + 1e-7, `${v} ${read.data[i]}`)
      })
    }),
  )
})

test('normalized rows have length 1, rows of zeros stay zeros', () => {
  const rows = packRows([Float32Array.of(1, 4, 9), new Float32Array(3)])
  assert.ok(Math.abs(squaredNormOfRow(rows, 0) - 1) < 1e-4)
  assert.equal(squaredNormOfRow(rows, 1), 0)
  rows.scales[0]! *= 7
  toUnitRows(rows)
  assert.ok(Math.abs(squaredNormOfRow(rows, 0) - 1) < 1e-6)
  assert.equal(squaredNormOfRow(rows, 1), 0)
})

test('rows are taken by index, less a vector', () => {
  const rows = packRows([Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(1, 1)])
  const mean = meanOfRows(rows, [0, 1])
  const { data, columns } = takeRows(rows, [1, 0], mean)
  assert.deepEqual(
    [0, 1, columns, columns + 1].map((i) => Math.round(data[i]! * 100) / 100),
    [-0.5, 0.5, 0.5, -0.5],
  )
  assert.ok(Math.abs(dotOfRows(rows, 0, 2) - Math.SQRT1_2) < 1e-4)
})

test('class means are weighted, over some rows, and zero for a class without any', () => {
  const rows = packRows([Float32Array.of(1, 0), Float32Array.of(0, 1), Float32Array.of(0, 1)])
  const y = Uint32Array.of(0, 0, 1)
  const { means, counts } = classMeans(rows, y, 3, { weights: Float32Array.of(3, 1, 1), only: [0, 1] })
  assert.deepEqual([...counts], [4, 0, 0])
  assert.ok(Math.abs(means.data[0]! - 0.75) < 1e-4)
  assert.ok(Math.abs(means.data[1]! - 0.25) < 1e-4)
  assert.deepEqual([...means.data.subarray(means.columns)], new Array(2 * means.columns).fill(0))
})

test('parts hold all indices, in order', () => {
  const indices = Array.from({ length: 1000 }, (_, i) => 2 * i)
  const parts = [...inParts(indices, 816)]
  assert.ok(parts.length > 1)
  assert.deepEqual(
    parts.flatMap((p) => p.part),
    indices,
  )
  for (const { part, start } of parts) assert.equal(part[0], 2 * start)
})
