import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { connectedComponents } from '../../../models/label-issues/connected-components.ts'

const N = 12

test('nodes share a component exactly if a chain of pairs joins them', () => {
  const node = fc.nat(N - 1)
  const pairs = fc.array(fc.record({ a: node, b: node }), { maxLength: 15 })
  fc.assert(
    fc.property(pairs, (pairs) => {
      const reach = Array.from({ length: N }, (_, i) => new Set([i]))
      for (let step = 0; step < N; step++)
        for (const { a, b } of pairs) {
          for (const i of reach[a]!) reach[b]!.add(i)
          for (const i of reach[b]!) reach[a]!.add(i)
        }
      const component = connectedComponents(N, pairs)
      for (let i = 0; i < N; i++)
        for (let j = 0; j < N; j++) assert.equal(component[i] === component[j], reach[i]!.has(j), `${i} ${j}`)
      for (const c of component) assert.equal(component[c], c)
    }),
  )
})
