import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { createMailbox } from '../../../models/kernels/mailbox.ts'
import { openKernelThreads } from '../../../models/kernels/parallel.ts'
import { createKernelMemory } from '../../../models/kernels/scratch.ts'
import { simdKernels } from '../../../models/kernels/simd.ts'
import type { Matrix } from '../../../models/numbers/matrix.ts'
import { randomMatrix } from '../../support/matrices.ts'
import { packMatrix } from '../../support/pack-matrix.ts'

const simd = simdKernels()!

test('two threads on one memory give the same as one, to the bit', async () => {
  const [n, d, classes] = [700, 48, 7]
  const x = randomMatrix(n, d)
  const y = Uint32Array.from({ length: n }, (_, i) => i % classes)
  const shape = { rows: n, columns: d, classes }
  const shared = createKernelMemory(shape, 2)
  const mailbox = createMailbox()
  const worker = new Worker(new URL('../../support/kernel-worker.ts', import.meta.url), {
    workerData: { memory: shared.memory, mailbox },
  })
  const threads = openKernelThreads(shared, [mailbox])
  const parallel = simdKernels(threads)!
  const same = (a: Matrix, b: Matrix) => assert.deepEqual(a.data, b.data)

  const moment = simd.secondMoment(x)
  same(parallel.secondMoment(x), moment)
  const b = simd.whitener(moment)!
  same(parallel.whitener(moment)!, b)
  same(parallel.multiplyUpper(x, b), simd.multiplyUpper(x, b))
  const w = { data: x.data.slice(0, 40 * d), rows: 40, columns: d }
  same(parallel.solveUpper(b, w), simd.solveUpper(b, w))
  same(parallel.product(x, w), simd.product(x, w))
  const task = { y, classes, cost: new Float32Array(n).fill(1), tolerance: 0.01, maxSweeps: 200, seed: 3 }
  const rowsAlone = packMatrix(x)
  const alone = simd.trainSvm({ ...task, x: rowsAlone })
  // Rows that lie where they are trained on, a second time after everything else went through that memory.
  const inPlace = parallel.allocateRows(shape)
  for (let i = 0; i < 2; i++) {
    parallel.pack(x, inPlace, 0)
    assert.deepEqual([inPlace.data, inPlace.scales], [rowsAlone.data, rowsAlone.scales])
    same(parallel.product(x, w), simd.product(x, w))
    const made = parallel.trainSvm({ ...task, x: inPlace })
    same(made.weights, alone.weights)
    assert.deepEqual([made.bias, made.sweeps], [alone.bias, alone.sweeps])
  }
  threads.close()
  await new Promise((resolve) => worker.once('exit', resolve))
})
