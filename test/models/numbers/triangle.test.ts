import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Matrix } from '../../../models/numbers/matrix.ts'
import {
  addScaled,
  addUpperTriangle,
  diagonalIndices,
  emptyTriangle,
  symmetricMatrix,
  upperTriangleOf,
  upperTriangularMatrix,
} from '../../../models/numbers/triangle.ts'

const square = (...rows: number[][]): Matrix => ({
  data: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows.length,
})
const symmetric = square([1, 2, 3], [2, 4, 5], [3, 5, 6])

test('a symmetric matrix comes back from its upper triangle', () => {
  const triangle = upperTriangleOf(symmetric)
  assert.deepEqual([...triangle.upper], [1, 2, 3, 4, 5, 6])
  assert.deepEqual(symmetricMatrix(triangle), symmetric)
  assert.deepEqual(upperTriangularMatrix(triangle), square([1, 2, 3], [0, 4, 5], [0, 0, 6]))
})

test('what is below the diagonal is ignored', () => {
  assert.deepEqual(upperTriangleOf(square([1, 2, 3], [9, 4, 5], [9, 9, 6])), upperTriangleOf(symmetric))
})

test('triangles add up', () => {
  const sum = emptyTriangle(3)
  addUpperTriangle(sum, symmetric)
  addScaled(sum, upperTriangleOf(symmetric), -0.5)
  assert.deepEqual([...sum.upper], [0.5, 1, 1.5, 2, 2.5, 3])
})

test('the diagonal is found', () => {
  const { upper, d } = upperTriangleOf(symmetric)
  assert.deepEqual(
    Array.from(diagonalIndices({ upper, d }), (i) => upper[i]),
    [1, 4, 6],
  )
})
