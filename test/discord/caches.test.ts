// What the bot keeps in memory of Discord is bounded: real discord.js, and more of everything than is kept.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { type Client, Events } from 'discord.js'
import { pino } from 'pino'
import { connect } from '../../src/discord/client.ts'
import { forgetDirectChannels } from '../../src/discord/direct-channels.ts'
import type { Guild } from '../support/discord/entities.ts'
import { StandIn, TOKEN } from '../support/discord/stand-in.ts'
import { until } from '../support/until.ts'

const MAX_MESSAGES = 20
const MAX_MEMBERS = 50
const MAX_USERS = 5_000
const HOUR = 3_600_000

let stand: StandIn
let guild: Guild
let client: Client<true>
let received = 0
before(async () => {
  stand = await StandIn.start()
  guild = stand.addGuild('cats')
  const serving = {
    ...{ token: TOKEN, api: `http://${stand.host}/api`, mediaHosts: [], logLevel: 'silent' as const },
    ...{ logFormat: 'json' as const, metricsHost: '127.0.0.1', privacyUrlJa: undefined },
    ...{
      metricsPort: undefined,
      shards: undefined,
      identifyMs: 0,
      graceDays: 30,
      logDays: 30,
      privacyUrl: undefined,
      confirmServers: undefined,
    },
  }
  client = await connect({
    serving,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    onReady: (ready) => ready,
    onTokenRevoked() {},
  })
  client.on(Events.MessageCreate, () => received++)
})
after(async () => {
  await client.destroy()
  await stand.stop()
})

/** So many messages, each of somebody else. */
async function postFromOthers(count: number): Promise<void> {
  const before = received
  for (let i = 0; i < count; i++) stand.post({ guild, user: stand.addUser(`somebody ${i}`, guild) }, 'hello')
  await until(
    () => received === before + count,
    () => `received ${received - before} of ${count}`,
  )
}

test('messages of a channel, members of a server and users of all servers are bounded; the bot itself stays', async () => {
  await postFromOthers(MAX_USERS + 100)
  const cached = client.guilds.cache.get(guild.id)
  const channel = client.channels.cache.get(guild.channels[0]?.id ?? '')
  assert.ok(cached && channel?.isTextBased())
  assert.equal(channel.messages.cache.size, MAX_MESSAGES)
  // The bot is kept beside them.
  assert.ok(cached.members.cache.size <= MAX_MEMBERS + 1, `${cached.members.cache.size} members`)
  assert.ok(client.users.cache.size <= MAX_USERS + 1, `${client.users.cache.size} users`)
  assert.ok(cached.members.me && client.users.cache.has(client.user.id))
})

test('the latest messages are those that are kept', async () => {
  const channel = client.channels.cache.get(guild.channels[0]?.id ?? '')
  assert.ok(channel?.isTextBased())
  const last = stand.post({ guild, user: guild.owner }, 'hello')
  await until(
    () => channel.messages.cache.has(last.id),
    () => 'not kept',
  )
  assert.equal(channel.messages.cache.size, MAX_MESSAGES)
})

test('the channels of direct messages are forgotten after a while, and those who write again are heard', async () => {
  const people = Array.from({ length: 100 }, (_, i) => stand.addUser(`friend ${i}`))
  const countDirect = (): number => client.channels.cache.filter((channel) => channel.isDMBased()).size
  const [first] = people
  assert.ok(first)
  const write = (user: typeof first) => stand.post({ user }, 'hello')
  for (const user of people) write(user)
  await until(
    () => countDirect() === people.length,
    () => `${countDirect()} channels`,
  )
  forgetDirectChannels(client)
  assert.equal(countDirect(), people.length)
  forgetDirectChannels(client, Date.now() + HOUR)
  assert.deepEqual([countDirect(), client.channels.cache.size], [0, guild.channels.length])
  const heard = once(client, Events.MessageCreate)
  const message = write(first)
  const [{ id, channel }] = await heard
  assert.deepEqual([id, channel.id], [message.id, message.channel_id])
})
