// What one process does for all: a lease has one holder, a turn is taken once.
import assert from 'node:assert/strict'
import { holdLease, releaseLease, takeTurn } from '../../src/db/leadership.ts'
import { makeDatabase } from '../support/database.ts'
import { sharedByEngine, test } from '../support/each-engine.ts'

/** Longer than any test. */
const HOUR_MS = 3600_000

const shared = sharedByEngine(makeDatabase)

const hold = async (holder: string, ttlMs = HOUR_MS) => holdLease((await shared()).db, { name: 'work', holder, ttlMs })

test('a lease has one holder, who may renew it; released or expired, another one takes it', async () => {
  const { db } = await shared()
  assert.equal(await hold('a'), true)
  assert.equal(await hold('b'), false)
  assert.equal(await hold('a'), true)
  await releaseLease(db, { name: 'work', holder: 'b' })
  assert.equal(await hold('b'), false, 'only its holder releases it')
  await releaseLease(db, { name: 'work', holder: 'a' })
  assert.equal(await hold('b', 0), true)
  assert.equal(await hold('a'), true, 'it had expired')
})

test('of ten that ask at once, one holds it', async () => {
  const { db } = await shared()
  const asked = Array.from({ length: 10 }, (_, i) => holdLease(db, { name: 'race', holder: `${i}`, ttlMs: HOUR_MS }))
  assert.equal((await Promise.all(asked)).filter(Boolean).length, 1)
})

test('a turn is taken once within its time, and again after it', async () => {
  const { db } = await shared()
  const asked = await Promise.all(Array.from({ length: 10 }, () => takeTurn(db, 'sweep', HOUR_MS)))
  assert.equal(asked.filter(Boolean).length, 1)
  assert.equal(await takeTurn(db, 'other', 0), true)
  assert.equal(await takeTurn(db, 'other', 0), true)
})
