// Discord counts the requests of all processes together: more than 50 in a second, and the stand-in complains.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { REST, Routes } from 'discord.js'
import { openDatabase } from '../../../src/db/connection.ts'
import { isCounted, RequestLimit, requestLimitOf, reserveIn } from '../../../src/discord/request-limit.ts'
import { restOptions } from '../../../src/discord/rest-options.ts'
import { makeDatabase } from '../../support/database.ts'
import { StandIn, TOKEN } from '../../support/discord/stand-in.ts'
import { test as onEach } from '../../support/each-engine.ts'
import { postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'

let stand: StandIn
before(async () => {
  stand = await StandIn.start()
})
after(() => stand.stop())

const restOf = (limit: RequestLimit): REST =>
  new REST(restOptions(`http://${stand.host}/api`, { limit })).setToken(TOKEN)

onEach('a hundred requests of one process go out in order, as Discord takes them', async () => {
  const { db } = await makeDatabase()
  const rest = restOf(requestLimitOf(db))
  await Promise.all(Array.from({ length: 100 }, () => rest.get(Routes.user())))
  assert.deepEqual(stand.complaints, [])
})

test('three processes share what Discord takes', { skip: skipWithoutPostgres }, async () => {
  const { home } = await makeDatabase()
  const databaseUrl = await postgresUrl()
  const dbs = await Promise.all([1, 2, 3].map(() => openDatabase(home, { databaseUrl })))
  const before = stand.rate.counted
  await Promise.all(
    dbs.map(async (db) => {
      const rest = restOf(requestLimitOf(db))
      for (let i = 0; i < 6; i++) await Promise.all(Array.from({ length: 8 }, () => rest.get(Routes.user())))
    }),
  )
  assert.equal(stand.rate.counted - before, 144)
  assert.deepEqual(stand.complaints, [])
  await Promise.all(dbs.map((db) => db.destroy()))
})

test('while the database is away a process goes on with a share of its own', async () => {
  const { db } = await makeDatabase()
  await db.destroy()
  const limit = new RequestLimit(reserveIn(db))
  const rest = restOf(limit)
  await Promise.all(Array.from({ length: 3 }, () => rest.get(Routes.user())))
  assert.deepEqual(stand.complaints, [])
})

test('a process that is always late goes on', async () => {
  const { db } = await makeDatabase()
  const limit = requestLimitOf(db)
  const block = setInterval(() => {
    for (const end = performance.now() + 80; performance.now() < end; );
  }, 1)
  for (let i = 0; i < 3; i++) await Promise.all(Array.from({ length: 6 }, () => limit.turn()))
  clearInterval(block)
})

test('answers to interactions are not counted', () => {
  assert.equal(isCounted('https://discord.com/api/v10/interactions/1/token/callback'), false)
  assert.equal(isCounted('https://discord.com/api/v10/webhooks/1/token/messages/@original'), false)
  assert.equal(isCounted('https://discord.com/api/v10/channels/1/messages'), true)
})
