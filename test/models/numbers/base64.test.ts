import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeFloats, decodeIntegers, encodeFloats, encodeIntegers } from '../../../models/numbers/base64.ts'

const bytes = (values: Float32Array | Int32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)

test('floats come back to the bit', () => {
  fc.assert(
    fc.property(fc.float32Array(), (values) => {
      assert.deepEqual(bytes(decodeFloats(encodeFloats(values))), bytes(values))
    }),
  )
})

test('integers come back', () => {
  fc.assert(
    fc.property(fc.int32Array(), (values) => {
      assert.deepEqual(decodeIntegers(encodeIntegers(values)), values)
    }),
  )
})

test('a view of part of a buffer is encoded alone', () => {
  const all = Float32Array.of(1, 2, 3, 4)
  assert.deepEqual(decodeFloats(encodeFloats(all.subarray(1, 3))), Float32Array.of(2, 3))
})

test('bytes are little endian, and a part of a number is refused', () => {
  assert.equal(encodeIntegers(Int32Array.of(1)), 'AQAAAA==')
  assert.throws(() => decodeFloats('AQAA'), RangeError)
})
