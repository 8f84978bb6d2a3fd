// Several gateways on one PostgreSQL share the shards; one is replaced while people go on asking.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { draw } from '../../../demo/characters.ts'
import { type Cluster, openCluster, type Served } from '../../support/cluster.ts'
import { type Guild, MANAGES_SERVER, type Message } from '../../support/discord/entities.ts'
import type { Interaction } from '../../support/discord/interaction.ts'
import { serverId } from '../../support/discord/shard.ts'
import { skipWithoutPostgres } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

const skip = skipWithoutPostgres
const [SHARDS, SERVERS, IDENTIFY_MS] = [4, 24, 1_000]
const ENV = { IDENTIFY_SECONDS: String(IDENTIFY_MS / 1_000) }

let cluster: Cluster
let gateways: Served[] = []
let inference: Served
let guilds: Guild[] = []
before(async () => {
  if (skip) return
  cluster = await openCluster()
  const { gateway } = cluster.stand
  gateway.shards = SHARDS
  gateway.identifies.periodMs = IDENTIFY_MS
  bytes = readFileSync(await draw(join(cluster.root, 'drawn'), 'Akari', 1))
  guilds = Array.from({ length: SERVERS }, (_, i) =>
    cluster.stand.addGuild(`server ${i}`, { quiet: true, id: serverId({ id: i % SHARDS, count: SHARDS }) }),
  )
})
after(async () => {
  if (!skip) assert.deepEqual(await cluster.close(), [])
})

const held = () =>
  cluster.query<{ shard: number; gateway: string; state: string }>(
    'select shard, gateway, state from shard_sessions order by shard',
  )
const presentServers = async (): Promise<number> =>
  Number((await cluster.query('select count(*) as present from servers where left_at is null'))[0]?.present)

async function untilHeld(isSo: (sessions: Awaited<ReturnType<typeof held>>) => boolean): Promise<void> {
  let sessions: Awaited<ReturnType<typeof held>> = []
  await until(
    async () => {
      sessions = await held()
      return sessions.length === SHARDS && sessions.every(({ state }) => state === 'ready') && isSo(sessions)
    },
    () => JSON.stringify(sessions),
  )
}

function expectOneAnswer(posts: Message[]): void {
  const answered = cluster.stand.said.map(
    (m) => (m.message_reference as { message_id?: string } | undefined)?.message_id,
  )
  for (const { id } of posts) assert.equal(answered.filter((of) => of === id).length, 1)
}

let bytes: Uint8Array
const picture = () => cluster.stand.keep('picture.png', bytes)

async function untilServed(): Promise<void> {
  const { gateway } = cluster.stand
  await until(
    () => new Set(gateway.connectedShards).size === SHARDS,
    () => `shards ${gateway.connectedShards}: ${gateways.map((g) => g.text()).join('\n')}`,
  )
  await untilHeld(() => true)
}

test('two gateways that start at once share four shards evenly, and know all servers', { skip }, async () => {
  const [first, second] = await Promise.all([
    cluster.start('gateway', ENV),
    cluster.start('gateway', ENV),
    (async () => {
      inference = await cluster.start('inference')
    })(),
  ])
  gateways = [first, second]
  await untilServed()
  const shares = Map.groupBy(await held(), ({ gateway }) => gateway)
  assert.deepEqual(
    [...shares.values()].map((sessions) => sessions.length),
    [2, 2],
  )
  const all = SERVERS + 1
  await until(async () => (await presentServers()) >= all)
  assert.equal(await presentServers(), all)
  assert.equal(cluster.stand.gateway.started.length, SHARDS)
  await assert.rejects(cluster.start('gateway', { ...ENV, SHARDS: '8' }), /Expected SHARDS=4 .*shards\.count/s)
})

test(
  'processes are replaced while people ask: each shard is started in overlap, and everything is answered once',
  { skip },
  async () => {
    const { stand } = cluster
    const posts: Message[] = []
    const calls: Interaction[] = []
    let isOver = false
    const asking = (async () => {
      for (let i = 0; !isOver; i++) {
        const guild = guilds[i % guilds.length]!
        posts.push(stand.post({ guild, user: guild.owner }, `<@${stand.bot.id}>`, [picture()]))
        calls.push(stand.command({ guild, user: guild.owner, permissions: MANAGES_SERVER }, 'labels'))
        await sleep(300)
      }
    })()
    const typing = (async () => {
      for (let i = 0; !isOver; i++) {
        const guild = guilds[i % guilds.length]!
        calls.push(stand.suggest({ guild, user: guild.owner, permissions: MANAGES_SERVER }, 'label', 'label', 'c'))
        await sleep(200)
      }
    })()
    const alone: number[] = []
    const watching = (async () => {
      for (; !isOver; await sleep(20)) {
        const served = new Set(stand.gateway.connectedShards)
        for (let shard = 0; shard < SHARDS; shard++) if (!served.has(shard)) alone.push(shard)
      }
    })()
    const before = stand.gateway.started.length
    const replace = async (old: Served, env = {}): Promise<Served> => {
      const replacement = await cluster.start(old.role, env)
      assert.equal(await old.stop(), 0)
      return replacement
    }
    const [first, second] = gateways
    gateways = [await replace(first!, ENV), await replace(second!, ENV)]
    await replace(inference)
    await untilServed()
    isOver = true
    await Promise.all([asking, typing, watching])
    assert.deepEqual(alone, [], 'shards that nobody served for a while')
    const started = stand.gateway.started.slice(before).map(({ shard }) => shard)
    assert.deepEqual(started.sort(), [0, 1, 2, 3])
    for (const call of calls) await stand.answerTo(call)
    for (const post of posts) await stand.replyTo(post)
    expectOneAnswer(posts)
    assert.equal(await presentServers(), SERVERS + 1)
    assert.ok(stand.gateway.identifies.shortestMs >= IDENTIFY_MS)
  },
)

test('a gateway that stands still loses its shards, and answers nothing when it goes on', { skip }, async () => {
  const { stand } = cluster
  const [, frozen] = gateways
  frozen!.process.kill('SIGSTOP')
  await untilHeld((sessions) => new Set(sessions.map(({ gateway }) => gateway)).size === 1)
  frozen!.process.kill('SIGCONT')
  await until(
    () => frozen!.text().includes('another gateway holds this shard'),
    () => frozen!.text(),
  )
  const posts = guilds.map((guild) => stand.post({ guild, user: guild.owner }, `<@${stand.bot.id}>`, [picture()]))
  for (const post of posts) await stand.replyTo(post)
  await until(
    () => stand.gateway.connectedShards.length === SHARDS,
    () => `connected: ${stand.gateway.connectedShards}`,
  )
  expectOneAnswer(posts)
  assert.equal(await presentServers(), SERVERS + 1)
})
