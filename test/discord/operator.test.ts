// What the operator sees and decides while the bot runs: metrics, the line at the start, blocked people and servers.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Bot } from '../support/discord/bot.ts'
import { guildJson } from '../support/discord/entities.ts'
import type { Who } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { MAIN } from '../support/mekiki.ts'
import { until } from '../support/until.ts'

/** Between questions that are asked again and again. */
const PAUSE_MS = 500

let world: World
let bot: Bot
let port: number
before(async () => {
  world = await openWorld()
  bot = await world.start({ METRICS_PORT: '0', METRICS_HOST: '0.0.0.0', CHAT_BACKBONES: 'mobilenet-v2-mid-b13' })
  port = Number(ready().metricsPort)
})
after(async () => assert.deepEqual(await world.close(), []))

const ready = (): Record<string, unknown> => bot.logs.find((l) => l.msg === 'ready') ?? {}

/** Runs a command beside the bot, on its database. */
async function mekiki(...args: string[]): Promise<string> {
  const env = { ...process.env, ...world.stand.env, MEKIKI_HOME: world.home }
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { env, cwd: world.root })
  return stdout
}

test('one line at the start names the bot, its servers and the invitation', () => {
  const { bot: name, servers, invitation, data } = ready()
  assert.deepEqual([name, servers, data], [world.stand.bot.username, 1, world.home])
  assert.match(String(invitation), new RegExp(`client_id=${world.stand.bot.id}&scope=bot\\+applications.commands`))
})

test('health and metrics are served on the address that was asked for', async () => {
  const health = await fetch(`http://127.0.0.1:${port}/healthz`)
  assert.equal(health.status, 200)
  assert.deepEqual((await health.json()).ok, true)
})

test('every metric that the dashboard and the alerts name is there', async () => {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const known = new Set(
    [...metrics.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`] : [name],
    ),
  )
  const dashboard = JSON.parse(readFileSync(new URL('../../deploy/grafana/mekiki.json', import.meta.url), 'utf8'))
  assert.equal(dashboard.panels.length, 10)
  const alerts = readFileSync(new URL('../../deploy/prometheus-alerts.yml', import.meta.url), 'utf8')
  const expressions = [
    ...dashboard.panels.flatMap((panel: { targets: { expr: string }[] }) => panel.targets.map(({ expr }) => expr)),
    ...[...alerts.matchAll(/expr: (.*)/g)].map(([, expr]) => expr ?? ''),
  ]
  const named = new Set(expressions.flatMap((expr) => expr.match(/\b(mekiki|process|nodejs)_\w+/g) ?? []))
  assert.ok(named.size >= 12)
  assert.deepEqual(
    [...named].filter((name) => !known.has(name)),
    [],
  )
  for (const [name, least] of [
    ['mekiki_connected', 1],
    ['mekiki_servers', 1],
    ['mekiki_database_bytes', 1e4],
    ['mekiki_disk_free_bytes', 1],
  ] as const)
    assert.ok(Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]) >= least, name)
})

/** What `/help` answers somebody. */
const helpFor = (who: Who): Promise<string> => world.stand.textOf(world.stand.command(who, 'help'), /./)

/** Asks again until it is so: the bot reads what is blocked within seconds. In between, budgets fill again. */
const eventually = (isSo: () => Promise<boolean>): Promise<void> =>
  until(async () => (await isSo()) || sleep(PAUSE_MS, false))

test('a person who was blocked while the bot runs is refused in private, in their language, and their posts are left alone', async () => {
  const { stand, people } = world
  const { member } = people
  await mekiki('people', 'block', member.user.id)
  await eventually(async () => /You can’t use me\./.test(await helpFor(member)))
  assert.match(await helpFor({ ...member, locale: 'ja' }), /利用できません/)
  const refused = stand.command(member, 'help')
  await stand.textOf(refused, /./)
  assert.equal(Number(refused.message?.flags) & 64, 64)
  const said = stand.said.length
  stand.post(member, `<@${stand.bot.id}>`)
  stand.post(people.teacher, `<@${stand.bot.id}>`)
  await until(
    () => stand.said.length > said,
    () => 'nobody was answered',
  )
  assert.equal(stand.said.length, said + 1)
  await mekiki('people', 'unblock', member.user.id)
  await eventually(async () => !/can’t use me/.test(await helpFor(member)))
})

test('a server that is blocked is left, and left again when it invites the bot', async () => {
  const { stand } = world
  const dogs = stand.addGuild('dogs')
  const isIn = (): boolean => stand.guilds.includes(dogs)
  await mekiki('servers', 'block', dogs.id)
  await until(
    () => !isIn(),
    () => 'still in it',
  )
  // Until the bot has read it, it would stay.
  await eventually(async () => {
    if (!isIn()) {
      stand.guilds.push(dogs)
      stand.gateway.send('GUILD_CREATE', guildJson(dogs))
    }
    await sleep(500)
    return !isIn()
  })
})

test('what was used last is listed', async () => {
  await helpFor(world.people.teacher)
  await eventually(async () => {
    const { servers } = JSON.parse(await mekiki('servers', '--json')) as {
      servers: { id: string; usedAt: string | null }[]
    }
    return servers.some(({ id, usedAt }) => id === world.guild.id && usedAt !== null)
  })
})

test('/privacy links to a page in the language of whoever asks', async () => {
  const { stand, people } = world
  for (const [locale, page] of [
    ['en-US', /PRIVACY\.md/],
    ['ja', /PRIVACY\.ja\.md/],
  ] as const)
    await stand.textOf(stand.command({ ...people.member, locale }, 'privacy'), page)
})

test('only backbones that the operator offers can be chosen', async () => {
  const { stand, people } = world
  await stand.textOf(stand.command(people.manager, 'backbone', { pictures: 'both' }), /doesn’t offer that network/)
  await stand.textOf(stand.command(people.manager, 'backbone', { pictures: 'drawings' }), /drawings|network/i)
})
