import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test } from 'node:test'
import { openDatabase } from '../../src/db/connection.ts'
import { readRevision } from '../../src/db/revisions.ts'
import { watchRevisions } from '../../src/services/revisions.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'

test('changes of this process and of others are told, once they are ended none is', async () => {
  const { db, home } = await makeDatabase()
  const dataset = await openMain(db)
  const events = new EventEmitter()
  const told = new EventEmitter()
  const seen: [number, number][] = []
  const end = watchRevisions(
    { db, events: events as never },
    (...change) => {
      seen.push(change)
      told.emit('change')
    },
    { lookMs: 20 },
  )
  // By then it has looked once.
  await readRevision(db, dataset)
  const elsewhere = await openDatabase(home)
  const first = once(told, 'change')
  await addNew(elsewhere, dataset, { label: 'cat', pixels: 'a' })
  await first
  assert.deepEqual(seen.at(-1), [dataset, await readRevision(db, dataset)])
  await end()
  const before = seen.length
  await addNew(elsewhere, dataset, { label: 'cat', pixels: 'b' })
  events.emit('examplesChanged', dataset, 1)
  assert.equal(events.listenerCount('examplesChanged'), 0)
  await elsewhere.destroy()
  assert.equal(seen.length, before)
})
