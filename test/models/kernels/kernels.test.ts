import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainKernels } from '../../../models/kernels/plain.ts'
import { simdKernels } from '../../../models/kernels/simd.ts'
import { makeRows, takeRows } from '../../../models/numbers/rows.ts'
import { assertClose, randomMatrix } from '../../support/matrices.ts'
import { packMatrix } from '../../support/pack-matrix.ts'

const simd = simdKernels()!

test('the SIMD module was built', () => assert.ok(simd))

test('both kernels give the same moments, whitener and product', () => {
  const x = randomMatrix(70, 24)
  const moment = plainKernels.secondMoment(x)
  assertClose(simd.secondMoment(x), moment, 1e-4)
  const b = plainKernels.whitener(moment)!
  assertClose(simd.whitener(moment)!, b, 1e-4)
  assertClose(simd.multiplyUpper(x, b), plainKernels.multiplyUpper(x, b), 1e-4)
  const w = { data: x.data.slice(0, 5 * x.columns), rows: 5, columns: x.columns }
  const solved = plainKernels.solveUpper(b, w)
  assertClose(simd.solveUpper(b, w), solved, 1e-4)
  // B is upper triangular: rows times its transpose are those that were solved.
  assertClose(plainKernels.product(solved, b), w, 1e-4)
  assertClose(simd.product(x, w), plainKernels.product(x, w), 1e-4)
})

test('both kernels pack the same rows, a 65,000th of the largest value off at most', () => {
  const x = randomMatrix(30, 16)
  x.data.fill(0, 16, 32)
  for (let i = 0; i < 16; i++) x.data[i]! *= 1e6
  for (const kernels of [simd, plainKernels]) {
    const rows = makeRows(40, 16)
    kernels.pack(x, rows, 10)
    const read = takeRows(
      rows,
      [...Array(30).keys()].map((r) => 10 + r),
    )
    for (let r = 0; r < 30; r++) {
      const [was, is] = [x, read].map(({ data }) => data.subarray(16 * r, 16 * (r + 1))) as [Float32Array, Float32Array]
      const most = Math.max(...was.map(Math.abs)) / 65_000
      was.forEach((v, i) => {
        assert.ok(Math.abs(v - is[i]!) <= most, `${r}: ${v} ${is[i]}`)
      })
    }
  }
})

test('the whitener makes the second moment the identity', () => {
  const x = randomMatrix(90, 16)
  const z = simd.multiplyUpper(x, simd.whitener(simd.secondMoment(x))!)
  const { data } = simd.secondMoment(z)
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 16; j++) assert.ok(Math.abs(data[i * 16 + j]! - Number(i === j)) < 1e-3)
})

test('a matrix that is not positive definite has no whitener', () => {
  const zero = { data: new Float32Array(64), rows: 8, columns: 8 }
  assert.equal(simd.whitener(zero), null)
  assert.equal(plainKernels.whitener(zero), null)
})

test('both kernels train the same SVM when run to convergence', () => {
  const x = randomMatrix(60, 16)
  const y = Uint32Array.from({ length: 60 }, (_, i) => i % 3)
  for (let i = 0; i < 60; i++) x.data[i * 16 + y[i]!]! += 2
  const rows = packMatrix(x)
  const problem = {
    x: rows,
    y,
    classes: 3,
    cost: new Float32Array(60).fill(1),
    tolerance: 1e-4,
    maxSweeps: 5000,
    seed: 1,
  }
  const [fast, plain] = [simd.trainSvm(problem), plainKernels.trainSvm(problem)]
  assertClose(fast.weights, plain.weights, 1e-3)
  for (let c = 0; c < 3; c++) assert.ok(Math.abs(fast.bias[c]! - plain.bias[c]!) < 1e-3)

  // The same on rows that lie where they are trained on, in memory that larger ones had.
  const larger = simd.allocateRows({ rows: 90, columns: 16, classes: 3 })
  const inPlace = simd.allocateRows({ rows: 60, columns: 16, classes: 3 }, larger)
  simd.pack(x, inPlace, 0)
  assert.deepEqual(simd.trainSvm({ ...problem, x: inPlace }), fast)
  assert.deepEqual(inPlace.data, rows.data)
})
