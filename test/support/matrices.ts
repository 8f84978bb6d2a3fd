import assert from 'node:assert/strict'
import type { Matrix } from '../../models/numbers/matrix.ts'
import { seededRandom } from '../../models/random.ts'

/** Uniform values in [-1, 1), the same for the same size. */
export function randomMatrix(rows: number, columns: number): Matrix {
  const random = seededRandom(7)
  return { data: Float32Array.from({ length: rows * columns }, () => 2 * random() - 1), rows, columns }
}

export function assertClose(a: Matrix, b: Matrix, tolerance: number): void {
  assert.deepEqual([a.rows, a.columns], [b.rows, b.columns])
  a.data.forEach((v, i) => {
    assert.ok(Math.abs(v - b.data[i]!) <= tolerance, `at ${i}: ${v} and ${b.data[i]}`)
  })
}
