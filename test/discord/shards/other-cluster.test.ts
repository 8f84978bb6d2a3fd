// Another installation on the same token is noticed by what Discord refuses and counts.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before } from 'node:test'
import { DiscordAPIError, InteractionResponseType, REST, Routes } from 'discord.js'
import { takeIdentifySlot } from '../../../src/db/token-limits.ts'
import { restOptions } from '../../../src/discord/rest-options.ts'
import { OtherCluster } from '../../../src/discord/shards/other-cluster.ts'
import { openLogger } from '../../../src/logger.ts'
import { makeDatabase } from '../../support/database.ts'
import { test } from '../../support/each-engine.ts'

/** Says of every interaction that it was answered. */
const discord = createServer((_request, response) => {
  response.writeHead(400, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ code: 40060, message: 'Interaction has already been acknowledged.' }))
})
before(() => new Promise<void>((resolve) => discord.listen(0, '127.0.0.1', resolve)))
after(() => discord.close())

function watch() {
  const said: string[] = []
  const log = openLogger('warn', (error) => ({ message: String(error) }), { format: 'json', isColoured: false })
  const warn = (about: object, text: string): void => void said.push(`${JSON.stringify(about)} ${text}`)
  return { said, other: new OtherCluster(Object.assign(Object.create(log), { warn })) }
}

test('answers that somebody else had given first are said once, and are errors as before', async () => {
  const { said, other } = watch()
  const { port } = discord.address() as AddressInfo
  const rest = new REST(restOptions(`http://127.0.0.1:${port}/api`, { onTaken: () => other.noteTaken() }))
  for (let i = 0; i < 7; i++) {
    const body = { type: InteractionResponseType.Pong }
    const answer = rest.post(Routes.interactionCallback(`${i}`, 'token'), { auth: false, body })
    await assert.rejects(answer, (error) => error instanceof DiscordAPIError && error.code === 40060)
  }
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', /shards\.two-clusters.*DISCORD_TOKEN/)
})

test('sessions that nobody here began are said, and own ones are not', async () => {
  const { said, other } = watch()
  const { db } = await makeDatabase()
  await other.noteRemaining(db, { remaining: 900, maxConcurrency: 1 })
  for (const bucket of [0, 1, 2, 3]) await takeIdentifySlot(db, bucket, 1)
  await other.noteRemaining(db, { remaining: 896, maxConcurrency: 1 })
  assert.deepEqual(said, [])
  await other.noteRemaining(db, { remaining: 892, maxConcurrency: 1 })
  assert.match(said.join(), /shards\.two-clusters/)
})
