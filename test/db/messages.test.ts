import assert from 'node:assert/strict'
import { claimMessage, finishMessage, listUnfinishedMessages, sweepMessages } from '../../src/db/messages.ts'
import { makeDatabase } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const message = (id: string) => ({ id, server: '1', channel: '2', work: `{"of":"${id}"}` })

test('a message is claimed once, also when it comes twice at the same time', async () => {
  const { db } = await makeDatabase()
  const claims = await Promise.all(['a', 'b', 'a'].map((id) => claimMessage(db, message(id))))
  assert.deepEqual(claims, [true, true, false])
  assert.equal(await claimMessage(db, message('b')), false)
})

test('what was claimed and not answered is found after a restart; an answered one is not claimed again', async () => {
  const { db } = await makeDatabase()
  await claimMessage(db, message('a'))
  await claimMessage(db, message('b'))
  assert.deepEqual(await listUnfinishedMessages(db), [message('a'), message('b')])
  await Promise.all([finishMessage(db, 'a'), finishMessage(db, 'b')])
  assert.deepEqual(await listUnfinishedMessages(db), [])
  assert.equal(await claimMessage(db, message('a')), false)
})

test('messages from before a moment are forgotten', async () => {
  const { db } = await makeDatabase()
  await claimMessage(db, message('a'))
  await sweepMessages(db, 0)
  assert.equal(await claimMessage(db, message('a')), false)
  await sweepMessages(db, Number.MAX_SAFE_INTEGER)
  assert.equal(await claimMessage(db, message('a')), true)
})
