import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { createMailbox } from '../../../models/kernels/mailbox.ts'
import { openKernelThreads } from '../../../models/kernels/parallel.ts'
import { plainKernels } from '../../../models/kernels/plain.ts'
import { createKernelMemory } from '../../../models/kernels/scratch.ts'
import { simdKernels } from '../../../models/kernels/simd.ts'
import type { Matrix } from '../../../models/numbers/matrix.ts'
import { makeRows, takeRows } from '../../../models/numbers/rows.ts'
import { packMatrix } from '../../support/pack-matrix.ts'

const simd = simdKernels()!
const close = (a: Matrix, b: Matrix, tolerance: number) => {
  assert.equal(a.data.length, b.data.length)
  for (let i = 0; i < a.data.length; i++) assert.ok(Math.abs(a.data[i]! - b.data[i]!) <= tolerance, `at ${i}`)
}

function random(rows: number, columns: number): Matrix {
  let state = 7
  const data = Float32Array.from({ length: rows * columns }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
  return { data, rows, columns }
}

test('the SIMD module was built', () => assert.ok(simd))

test('both kernels give the same moments, whitener and product', () => {
  const x = random(70, 24)
  const moment = plainKernels.secondMoment(x)
  close(simd.secondMoment(x), moment, 1e-4)
  const b = plainKernels.whitener(moment)!
  close(simd.whitener(moment)!, b, 1e-4)
  close(simd.multiplyUpper(x, b), plainKernels.multiplyUpper(x, b), 1e-4)
  const w = { data: x.data.slice(0, 5 * x.columns), rows: 5, columns: x.columns }
  const solved = plainKernels.solveUpper(b, w)
  close(simd.solveUpper(b, w), solved, 1e-4)
  // B is upper triangular: rows times its transpose are those that were solved.
  close(plainKernels.product(solved, b), w, 1e-4)
  close(simd.product(x, w), plainKernels.product(x, w), 1e-4)
})

test('both kernels pack the same rows, a 65,000th of the largest value off at most', () => {
  const x = random(30, 16)
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
  const x = random(90, 16)
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

test('both kernels train the same machine when run to convergence', () => {
  const x = random(60, 16)
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
  const [mine, plain] = [simd.trainSvm(problem), plainKernels.trainSvm(problem)]
  close(mine.weights, plain.weights, 1e-3)
  for (let c = 0; c < 3; c++) assert.ok(Math.abs(mine.bias[c]! - plain.bias[c]!) < 1e-3)

  // In a room of its own, taken again from a larger one, it is the same.
  const larger = simd.allocateRows({ rows: 90, columns: 16, classes: 3 })
  const room = simd.allocateRows({ rows: 60, columns: 16, classes: 3 }, larger)
  simd.pack(x, room, 0)
  assert.deepEqual(simd.trainSvm({ ...problem, x: room }), mine)
  assert.deepEqual(room.data, rows.data)
})

test('two threads on one memory give the same as one, to the bit', async () => {
  const [n, d, classes] = [700, 48, 7]
  const x = random(n, d)
  const y = Uint32Array.from({ length: n }, (_, i) => i % classes)
  const shape = { rows: n, columns: d, classes }
  const shared = createKernelMemory(shape, 2)
  const mailbox = createMailbox()
  const worker = new Worker(new URL('../../support/hand.ts', import.meta.url), {
    workerData: { memory: shared.memory, mailbox },
  })
  const threads = openKernelThreads(shared, [mailbox])
  const batch = simdKernels(threads)!
  const same = (a: Matrix, b: Matrix) => assert.deepEqual(a.data, b.data)

  const moment = simd.secondMoment(x)
  same(batch.secondMoment(x), moment)
  const b = simd.whitener(moment)!
  same(batch.whitener(moment)!, b)
  same(batch.multiplyUpper(x, b), simd.multiplyUpper(x, b))
  const w = { data: x.data.slice(0, 40 * d), rows: 40, columns: d }
  same(batch.solveUpper(b, w), simd.solveUpper(b, w))
  same(batch.product(x, w), simd.product(x, w))
  const task = { y, classes, cost: new Float32Array(n).fill(1), tolerance: 0.01, maxSweeps: 200, seed: 3 }
  const rowsAlone = packMatrix(x)
  const alone = simd.trainSvm({ ...task, x: rowsAlone })
  // As rows are learned from: where they were written, a second time after everything else went through that memory.
  const room = batch.allocateRows(shape)
  for (let i = 0; i < 2; i++) {
    batch.pack(x, room, 0)
    assert.deepEqual([room.data, room.scales], [rowsAlone.data, rowsAlone.scales])
    same(batch.product(x, w), simd.product(x, w))
    const made = batch.trainSvm({ ...task, x: room })
    same(made.weights, alone.weights)
    assert.deepEqual([made.bias, made.sweeps], [alone.bias, alone.sweeps])
  }
  threads.close()
  await new Promise((resolve) => worker.once('exit', resolve))
})
