// Events of one process in the others, on one PostgreSQL: each is told once, and none comes back.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { type App, openApp } from '../../src/app.ts'
import { joinServer } from '../../src/db/servers.ts'
import { type EventBridge, startEventBridge } from '../../src/services/event-bridge.ts'
import { changeSettings } from '../../src/services/settings.ts'
import { SettingsCache } from '../../src/services/settings-cache.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'
import { until } from '../support/until.ts'

const options = { skip: skipWithoutPostgres }
const problems: unknown[] = []
const home = mkdtempSync(join(tmpdir(), 'mekiki-bridge-'))
const apps: App[] = []
const bridges: EventBridge[] = []
after(async () => {
  for (const bridge of bridges) await bridge.close()
  for (const app of apps) await app.close()
  rmSync(home, { recursive: true })
})
if (!skipWithoutPostgres) {
  const databaseUrl = await postgresUrl()
  for (let i = 0; i < 3; i++) apps.push(await openApp(home, { databaseUrl }))
  for (const app of apps) bridges.push(await startEventBridge(app, (error) => problems.push(error)))
}

/** By process: what its listeners were told. */
const told = apps.map((app) => {
  const heard: unknown[] = []
  app.events
    .on('settingsChanged', (server) => heard.push(['settings', server]))
    .on('examplesChanged', (dataset, examples) => heard.push(['examples', dataset, examples]))
    .on('trainingStatus', (dataset, status) => heard.push(['status', dataset, status]))
    .on('trained', (dataset, outcome) => heard.push(['trained', dataset, outcome]))
    .on('datasetsDeleted', (datasets) => heard.push(['deleted', datasets.length, datasets.at(-1)]))
  return heard
})

const forget = (): void => {
  for (const heard of told) heard.length = 0
}

/** What is told last, after which all that was told before has arrived. */
async function settle(): Promise<void> {
  for (const [i, app] of apps.entries()) app.events.emit('trained', 1000 + i, { accuracy: null, isActive: true })
  const has = (heard: unknown[], i: number) =>
    heard.some((one) => Array.isArray(one) && one[0] === 'trained' && one[1] === 1000 + i)
  await until(() => told.every((heard) => apps.every((_, i) => has(heard, i))))
  for (const heard of told)
    for (let i = 0; i < apps.length; i++) assert.equal(heard.filter((one) => has([one], i)).length, 1)
}
const apartFromSettling = (heard: unknown[]) => heard.filter((one) => !(Array.isArray(one) && Number(one[1]) >= 1000))

test('what one process does, each other one is told once, and it hears no echo', options, async () => {
  forget()
  apps[0]?.events.emit('examplesChanged', 7, 2)
  apps[1]?.events.emit('trained', 8, { accuracy: 0.5, isActive: false })
  await settle()
  for (const heard of told)
    assert.deepEqual(apartFromSettling(heard).toSorted(), [
      ['examples', 7, 2],
      ['trained', 8, { accuracy: 0.5, isActive: false }],
    ])
})

test(
  'progress is told once a second at most, how a training ends always; many ids take several letters',
  options,
  async () => {
    forget()
    const [first] = apps
    for (let done = 0; done < 100; done++)
      first?.events.emit('trainingStatus', 3, { state: 'running', progress: { done, total: 100, of: 'percent' } })
    first?.events.emit('trainingStatus', 3, { state: 'failed', code: undefined })
    first?.events.emit(
      'datasetsDeleted',
      Array.from({ length: 1_000 }, (_, i) => 2_000_000_000 + i),
    )
    await settle()
    const [, other = []] = told
    assert.deepEqual(
      other.filter((one) => Array.isArray(one) && one[0] !== 'trained'),
      [
        ['status', 3, { state: 'running', progress: { done: 0, total: 100, of: 'percent' } }],
        ['status', 3, { state: 'failed', code: undefined }],
        ['deleted', 400, 2_000_000_399],
        ['deleted', 400, 2_000_000_799],
        ['deleted', 200, 2_000_000_999],
      ],
    )
  },
)

test(
  'settings that one process changes count in another one, also where no message came through',
  options,
  async () => {
    const [first, second] = apps
    assert.ok(first && second)
    await joinServer(first.db, '5')
    const cache = new SettingsCache(second, (error) => problems.push(error), { lookMs: 20, maxAgeMs: 60_000 })
    const watch = async (channel: string): Promise<void> =>
      void (await changeSettings(
        first.db,
        { server: '5', by: 'test', detail: {} },
        (s) => void s.watched.push(channel),
      ))
    try {
      assert.deepEqual((await cache.read('5')).watched, [])
      forget()
      // Nobody tells: the process that looks finds it, and tells nobody either.
      await watch('1')
      await until(async () => (await cache.read('5')).watched.length === 1)
      await settle()
      assert.deepEqual(
        told.map((heard) => apartFromSettling(heard).length),
        [0, 1, 0],
      )
    } finally {
      await cache.close()
    }
  },
)

test('after a lost connection it listens again, and nobody is told of an error', options, async () => {
  const [first] = apps
  assert.ok(first)
  const listening = sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen %'`
  await listening.execute(first.db)
  // Hints of that moment are lost; later ones come again.
  await until(() => {
    forget()
    first.events.emit('settingsChanged', 'again')
    return new Promise((resolve) => setTimeout(() => resolve(told.every((heard) => heard.length > 0)), 300))
  })
  assert.deepEqual(problems, [])
})
