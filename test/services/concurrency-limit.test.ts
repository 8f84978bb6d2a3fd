import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConcurrencyLimit } from '../../src/services/concurrency-limit.ts'

test('one person has so much at once and no more, others have their own, and what is over is forgotten', () => {
  const limit = new ConcurrencyLimit(2)
  const [first, second] = [limit.enter('p'), limit.enter('p')]
  assert.throws(() => limit.enter('p'), { code: 'busy.full' })
  const other = limit.enter('q')
  first()
  first()
  const third = limit.enter('p')
  assert.throws(() => limit.enter('p'), { code: 'busy.full' }, 'ending twice ends one')
  for (const end of [second, third, other]) end()
  assert.equal(limit.size, 0)
})
