import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { splitRange } from '../../../models/kernels/split-range.ts'

test('ranges follow one another without a gap, and begin at multiples of the step', () => {
  const options = fc.record({
    parts: fc.integer({ min: 1, max: 9 }),
    step: fc.constantFrom(1, 4, 8),
    shape: fc.constantFrom('even' as const, 'triangle' as const),
  })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), options, (steps, options) => {
      const total = steps * options.step
      const ranges = splitRange(total, options)
      assert.ok(ranges.length <= options.parts)
      assert.deepEqual([ranges[0]![0], ranges.at(-1)![1]], [0, total])
      for (const [i, [from, to]] of ranges.entries()) {
        assert.ok(from < to && from % options.step === 0)
        if (i > 0) assert.equal(from, ranges[i - 1]![1])
      }
    }),
  )
})

test('the rows of a triangle are split into parts with as many values', () => {
  const d = 1000
  const values = ([from, to]: [number, number]): number => ((to - from) * (2 * d - from - to)) / 2
  const ranges = splitRange(d, { parts: 4, step: 1, shape: 'triangle' })
  for (const range of ranges) assert.ok(Math.abs(values(range) / ((d * d) / 8) - 1) < 0.02, `${range}`)
})
