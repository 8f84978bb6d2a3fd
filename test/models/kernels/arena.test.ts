import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Arena } from '../../../models/kernels/arena.ts'
import { createSharedMemory } from '../../../models/numbers/memory.ts'

test('allocations are aligned, do not overlap, and hold what was put there', () => {
  const memory = createSharedMemory(4096)
  const arena = new Arena(memory)
  const floats = arena.put(Float32Array.of(1, 2, 3))
  const shorts = arena.put(Int16Array.of(-4, 5))
  const zeros = arena.allocateZeros(8)
  assert.deepEqual(
    [floats, shorts, zeros].map((at) => at % 64),
    [0, 0, 0],
  )
  assert.deepEqual([...arena.readFloats(floats, 3)], [1, 2, 3])
  assert.deepEqual([...arena.viewShorts(shorts, 2)], [-4, 5])
  assert.deepEqual([...arena.readFloats(zeros, 2)], [0, 0])
})

test('memory that was used before is zeroed where that is asked for', () => {
  const memory = createSharedMemory(4096)
  new Uint8Array(memory.buffer).fill(255)
  const arena = new Arena(memory, 2000)
  const at = arena.allocateZeros(16)
  assert.ok(at >= 2000)
  assert.deepEqual([...arena.readFloats(at, 4)], [0, 0, 0, 0])
})
