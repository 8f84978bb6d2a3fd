import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeTriangle, encodeTriangle } from '../../../models/numbers/half-precision.ts'

const roundTrip = (...values: number[]): number[] =>
  values.map((v) => decodeTriangle(encodeTriangle({ upper: Float32Array.of(v), d: 1 }), 1).upper[0]!)

/** The largest finite value, and the smallest that is no subnormal. */
const LARGEST = 65_504
const SMALLEST = 2 ** -14

test('normal values lose at most half of the last of eleven bits', () => {
  const magnitude = fc.float({ min: SMALLEST, max: LARGEST, noNaN: true })
  fc.assert(
    fc.property(magnitude, fc.boolean(), (size, negative) => {
      const value = negative ? -size : size
      const [read] = roundTrip(value)
      assert.ok(Math.abs(read! - value) <= size * 2 ** -11, `${value} ${read}`)
    }),
  )
})

test('a value that was read once does not change again', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      const once = roundTrip(value)
      assert.deepEqual(roundTrip(...once), once)
    }),
  )
})

test('values out of range become zero or 65,536', () => {
  assert.deepEqual(roundTrip(0, 2 ** -20, LARGEST, 70_000, -70_000), [0, 0, LARGEST, 65_536, -65_536])
})

test('a triangle of another size is refused', () => {
  const bytes = encodeTriangle({ upper: new Float32Array(6), d: 3 })
  assert.equal(bytes.length, 12)
  assert.throws(() => decodeTriangle(bytes, 4), /Expected 10 values, received 6/)
})
