import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { openTtlStore, sweepExpired } from '../../src/db/ttl-store.ts'
import { makeDatabase } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

test('a value is kept until it is replaced or deleted, also by another store on the same database', async () => {
  const { db } = await makeDatabase()
  const store = openTtlStore(db)
  await store.set('key', { of: 'a button' })
  assert.deepEqual(await openTtlStore(db).get('key'), { of: 'a button' })
  await store.set('key', 2)
  assert.equal(await store.get('key'), 2)
  assert.equal(await store.delete('key'), true)
  assert.equal(await store.delete('key'), false)
  assert.equal(await store.get('key'), undefined)
})

test('a value goes when its time is over, and the sweep deletes what nobody asks for', async () => {
  const { db } = await makeDatabase()
  const store = openTtlStore(db)
  const keys = async () => (await db.selectFrom('expiring').select('key').orderBy('key').execute()).map((r) => r.key)
  mock.timers.enable({ apis: ['Date'], now: 1_000_000 })
  try {
    await store.set('short', 1, 1000)
    await store.set('long', 2, 5000)
    await store.set('forever', 3)
    mock.timers.setTime(1_002_000)
    assert.deepEqual(await Promise.all(['short', 'long', 'forever'].map((key) => store.get(key))), [undefined, 2, 3])
    mock.timers.setTime(1_010_000)
    await sweepExpired(db)
  } finally {
    mock.timers.reset()
  }
  assert.deepEqual(
    (await keys()).map((key) => key.replace(/^.*:/, '')),
    ['forever'],
  )
})
