// Sessions: what the database keeps of them, when they end, and who may end them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSessions } from '../../../src/web/auth/sessions.ts'
import { makeDatabase } from '../../support/database.ts'

const DAY_MS = 24 * 3600_000
const anna = { person: '1', name: 'Anna', kind: 'browser' } as const

test('a browser is logged in for seven days, a script for ninety, and neither longer', async () => {
  const { db } = await makeDatabase()
  let now = Date.now()
  const sessions = openSessions(db, () => now)
  const browser = await sessions.open(anna)
  const script = await sessions.open({ ...anna, name: 'backup script', kind: 'token' })
  assert.equal((await sessions.find(browser))?.name, 'Anna')
  now += 7 * DAY_MS - 1
  assert.ok(await sessions.find(browser))
  now += 1
  assert.equal(await sessions.find(browser), undefined)
  assert.deepEqual(
    (await sessions.list('1')).map(({ kind }) => kind),
    ['token'],
  )
  now += 83 * DAY_MS
  assert.equal(await sessions.find(script), undefined)
})

test('the database knows no secret, only what it is recognized by', async () => {
  const { db, home } = await makeDatabase()
  const sessions = openSessions(db)
  const secret = await sessions.open(anna)
  assert.ok(secret.length >= 43, 'nobody guesses 256 bits')
  for (const file of readdirSync(home)) assert.ok(!readFileSync(join(home, file)).includes(secret), file)
  assert.equal(await sessions.find(`${secret.slice(0, -1)}x`), undefined)
})

test('one person has fifty sessions, and the oldest end', async () => {
  const { db } = await makeDatabase()
  const sessions = openSessions(db)
  const other = await sessions.open({ ...anna, person: '2', name: 'Ben' })
  const secrets: string[] = []
  for (let i = 0; i < 52; i++) secrets.push(await sessions.open(anna))
  assert.equal((await sessions.list('1')).length, 50)
  assert.equal(await sessions.find(secrets[1]!), undefined)
  assert.ok(await sessions.find(secrets[2]!))
  assert.ok(await sessions.find(other))
})

test('people end their own sessions, all of them if they like, and nobody else’s', async () => {
  const { db } = await makeDatabase()
  const sessions = openSessions(db)
  const ended: string[] = []
  const stop = sessions.onEnded((person) => ended.push(person))
  const [one, two] = [await sessions.open(anna), await sessions.open(anna)]
  const other = await sessions.open({ ...anna, person: '2', name: 'Ben' })
  const { id } = (await sessions.find(one))!
  assert.equal(await sessions.end(id, '2'), false)
  assert.ok(await sessions.find(one))
  assert.equal(await sessions.end(id, '1'), true)
  assert.equal(await sessions.find(one), undefined)
  await sessions.endAllOf('1')
  assert.equal(await sessions.find(two), undefined)
  assert.ok(await sessions.find(other))
  assert.ok(ended.includes('1'))
  stop()
})
