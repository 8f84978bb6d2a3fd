import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allocateLongLived, allocateShared, freeArrays } from '../../../models/numbers/memory.ts'

const LARGE = 2 ** 23

test('arrays of their own are freed, once or twice', () => {
  const data = new Float32Array(8)
  freeArrays(data, data)
  freeArrays(data)
  assert.equal(data.length, 0)
})

test('views, shared arrays and large long-lived ones stay', () => {
  const whole = new Float32Array(8)
  const shared = new Float32Array(allocateShared(64))
  const longLived = allocateLongLived(LARGE / 4)
  freeArrays(whole.subarray(2, 4), shared, longLived)
  assert.deepEqual([whole.length, shared.length, longLived.length], [8, 16, LARGE / 4])
})

test('memory is shared and zeroed, whatever its size', () => {
  for (const bytes of [64, LARGE]) {
    const buffer = allocateShared(bytes)
    assert.ok(buffer instanceof SharedArrayBuffer)
    assert.ok(buffer.byteLength >= bytes)
    assert.ok(new Uint8Array(buffer).every((v) => v === 0))
  }
})
