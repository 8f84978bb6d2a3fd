// Servers that are new to the bot get their commands several at a time, and none waits for one that is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inWorld } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

const SERVERS = 60
/** Registrations that may be under way at a time. */
const AT_ONCE = 12
/** So that the next ones come before the answer. */
const ANSWER_MS = 100
const OF_SERVER = /^PUT \/applications\/\d+\/guilds\/(\d+)\/commands$/

test('several servers get their commands at a time, in their order, and those of all servers come last', async () => {
  await inWorld(async ({ stand, start }) => {
    while (stand.guilds.length < SERVERS) stand.addGuild(`server ${stand.guilds.length}`, { quiet: true })
    const [, , refused] = stand.guilds
    assert.ok(refused)
    const asked: string[] = []
    let most = 0
    stand.faultOf = (call) => {
      const server = OF_SERVER.exec(call)?.[1]
      if (server === undefined) return undefined
      asked.push(server)
      const isRefused = server === refused.id
      const answered = stand.registered.servers + Number(asked.includes(refused.id))
      most = Math.max(most, asked.length - answered)
      return isRefused ? { status: 403, code: 50001 } : { delay: ANSWER_MS }
    }
    const bot = await start()
    await until(
      () => stand.registrations === 1,
      () => `${stand.registered.servers} of ${SERVERS} have commands: ${bot.text()}`,
    )
    assert.ok(most > 1 && most <= AT_ONCE, `${most} were under way`)
    assert.equal(asked.length, SERVERS)
    for (const [i, { id }] of stand.guilds.entries())
      assert.ok(Math.abs(asked.indexOf(id) - i) < AT_ONCE, `${i} came as ${asked.indexOf(id)}`)
    for (const guild of stand.guilds) assert.equal(stand.registered.times(guild), guild === refused ? 0 : 1)
    assert.ok(bot.logs.some((line) => line.server === refused.id && /tried again/.test(String(line.msg))))
  })
})
