import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { solveLinearSystem } from '../../../models/numbers/linear-system.ts'

const N = 4
const value = fc.double({ min: -10, max: 10, noNaN: true })

test('a positive definite system is solved', () => {
  const row = fc.array(value, { minLength: N, maxLength: N })
  fc.assert(
    fc.property(fc.array(row, { minLength: N, maxLength: N }), row, (m, x) => {
      // M'M + I is positive definite.
      const a = x.map((_, i) => x.map((_, j) => m.reduce((sum, r) => sum + r[i]! * r[j]!, Number(i === j))))
      const b = a.map((r) => r.reduce((sum, v, j) => sum + v * x[j]!, 0))
      solveLinearSystem(a, b).forEach((v, i) => {
        assert.ok(Math.abs(v - x[i]!) < 1e-6, `${v} ${x[i]}`)
      })
    }),
  )
})
