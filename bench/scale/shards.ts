// Thousands of servers on several shards: two gateways on one PostgreSQL, of which both are replaced while people ask, and one process on SQLite.
// MEKIKI_TEST_POSTGRES=postgres://… node bench/scale/shards.ts [--servers 2500] [--alone 3000]
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { draw } from '../../demo/characters.ts'
import { type Cluster, openCluster, type Served } from '../../test/support/cluster.ts'
import { type Guild, MANAGES_SERVER } from '../../test/support/discord/entities.ts'
import { serverId } from '../../test/support/discord/shard.ts'
import type { StandIn } from '../../test/support/discord/stand-in.ts'
import { openWorld } from '../../test/support/discord/world.ts'
import { spawnServe } from '../../test/support/served-process.ts'
import { until } from '../../test/support/until.ts'
import { peakOf, type Watched, watchShards } from './shard-watch.ts'

const SECOND_MS = 1_000
/** Discord's own, between two sessions of one bucket. */
const IDENTIFY_MS = 5_000
const [SHARDS, ALONE_SHARDS] = [4, 3]
const [SERVERS, ALONE_SERVERS] = [2_500, 3_000]
/** What Discord takes to answer a registration of commands, roughly. */
const REGISTRATION_MS = 200
/** Between two people who ask. */
const PAUSE_MS = 250
/** For thousands of registrations at 50 a second, and then some. */
const WITHIN_MS = 600_000

export type ClusterFigures = Watched & {
  servers: number
  /** Seconds from the start of two gateways until every shard is served, and until all servers are known. */
  served: number
  known: number
  /** Seconds in which both gateways were replaced, one after the other. */
  replaced: number
  asked: number
  /** Answered once; more often. */
  once: number
  twice: number
  left: number
  peakRequests: number
  /** Milliseconds between the beginnings of two sessions, at the least. */
  shortestIdentify: number
  peakMiB: number[]
  complaints: string[]
}
export type AloneFigures = {
  servers: number
  shards: number
  ready: number
  known: number
  peakMiB: number
  complaints: string[]
}

function addServers(stand: StandIn, { servers, shards }: { servers: number; shards: number }): Guild[] {
  stand.gateway.shards = shards
  stand.gateway.identifies.periodMs = IDENTIFY_MS
  return Array.from({ length: servers }, (_, i) =>
    stand.addGuild(`server ${i}`, { quiet: true, id: serverId({ id: i % shards, count: shards }) }),
  )
}

const secondsSince = (started: number): number => (performance.now() - started) / SECOND_MS

async function countServers(cluster: Cluster, where: string): Promise<number> {
  const [row] = await cluster.query(`select count(*) as servers from servers where ${where}`)
  return Number(row?.servers)
}

async function measureCluster(servers = SERVERS): Promise<ClusterFigures> {
  const cluster = await openCluster()
  const { stand } = cluster
  const guilds = addServers(stand, { servers, shards: SHARDS })
  const started = performance.now()
  const [gateways] = await Promise.all([
    Promise.all([cluster.start('gateway'), cluster.start('gateway')]),
    cluster.start('inference'),
  ])
  await untilServed(stand)
  const served = secondsSince(started)
  const areRegistered = (): boolean => stand.registered.servers >= servers
  await until(areRegistered, () => `${stand.registered.servers} of ${servers} servers have commands`, WITHIN_MS)
  const known = secondsSince(started)
  const update = await replaceWhileAsked(cluster, { gateways, guilds })
  const left = await countServers(cluster, 'left_at is not null')
  const about = { servers, served, known, left, peakRequests: stand.rate.peak }
  const shortestIdentify = stand.gateway.identifies.shortestMs
  return { ...about, shortestIdentify, ...update, complaints: await cluster.close() }
}

const untilServed = (stand: StandIn): Promise<void> =>
  until(
    () => new Set(stand.gateway.connectedShards).size === SHARDS,
    () => `served: ${stand.gateway.connectedShards}`,
    WITHIN_MS,
  )

/** Both gateways, one after the other, while people ask in one server after the other. */
async function replaceWhileAsked(cluster: Cluster, { gateways, guilds }: { gateways: Served[]; guilds: Guild[] }) {
  const { stand } = cluster
  const bytes = readFileSync(await draw(join(cluster.root, 'drawn'), 'Akari', 1))
  const asked: string[] = []
  let isOver = false
  const asking = (async () => {
    for (let i = 0; !isOver; i++) {
      const guild = guilds[(i * 7) % guilds.length]!
      const who = { guild, user: guild.owner, permissions: MANAGES_SERVER }
      asked.push(stand.post(who, `<@${stand.bot.id}>`, [stand.keep('picture.png', bytes)]).id)
      await sleep(PAUSE_MS)
    }
  })()
  const watch = watchShards(stand, SHARDS)
  const started = performance.now()
  const replacements: Served[] = []
  for (const old of gateways) {
    replacements.push(await cluster.start('gateway'))
    await old.stop()
  }
  await untilServed(stand)
  const replaced = secondsSince(started)
  isOver = true
  await asking
  const watched = watch.stop()
  const answers = (id: string): number =>
    stand.said.filter((m) => (m.message_reference as { message_id?: string } | undefined)?.message_id === id).length
  await until(
    () => asked.every((id) => answers(id) > 0),
    () => 'not everybody was answered',
    WITHIN_MS,
  )
  const once = asked.filter((id) => answers(id) === 1).length
  const peakMiB = replacements.map(({ process }) => peakOf(process.pid))
  return { ...watched, replaced, asked: asked.length, once, twice: asked.length - once, peakMiB }
}

/** One process, one connection a shard, SQLite. */
async function measureAlone(servers = ALONE_SERVERS): Promise<AloneFigures> {
  const world = await openWorld()
  const { stand } = world
  addServers(stand, { servers, shards: ALONE_SHARDS })
  stand.faultOf = (call) => (/^PUT .*\/commands$/.test(call) ? { delay: REGISTRATION_MS } : undefined)
  const started = performance.now()
  const env = { ...process.env, ...stand.env, MEKIKI_HOME: world.home, LOG_FORMAT: 'json' }
  const bot = spawnServe([], world.home, env)
  await until(
    () => bot.logs.some(({ msg }) => msg === 'ready'),
    () => bot.text(),
    WITHIN_MS,
  )
  const ready = secondsSince(started)
  await until(
    () => stand.registered.servers >= servers,
    () => `${stand.registered.servers} of ${servers} servers have commands`,
    WITHIN_MS,
  )
  const known = secondsSince(started)
  const peakMiB = peakOf(bot.process.pid)
  await bot.stop()
  return { servers, shards: ALONE_SHARDS, ready, known, peakMiB, complaints: await world.close() }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { servers: { type: 'string' }, alone: { type: 'string' } } })
  const alone = await measureAlone(Number(values.alone ?? ALONE_SERVERS))
  const cluster = process.env.MEKIKI_TEST_POSTGRES ? await measureCluster(Number(values.servers ?? SERVERS)) : null
  process.stdout.write(`${JSON.stringify({ alone, cluster })}\n`)
}
