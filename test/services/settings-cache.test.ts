// Settings in memory: read once, and never older than a change, whoever made it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { changeSettings } from '../../src/services/settings.ts'
import { SettingsCache } from '../../src/services/settings-cache.ts'
import { type App, openApp } from '../support/app.ts'
import { environmentOf } from '../support/home-database.ts'
import { MAIN } from '../support/mekiki.ts'
import { until } from '../support/until.ts'

const SERVER = '123'
const PACE = { lookMs: 20, maxAgeMs: 60_000 }

let home: string
let app: App
before(async () => {
  home = mkdtempSync(join(tmpdir(), 'mekiki-settings-'))
  app = await openApp(home)
  await change('low')
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const change = (caution: 'low' | 'normal' | 'high', server = SERVER) =>
  changeSettings(app.db, { server, by: 'me', detail: { caution } }, (settings) => {
    settings.caution = caution
  })
const fail = (error: unknown): void => assert.fail(String(error))

async function withCache(work: (cache: SettingsCache) => Promise<void>, pace = PACE): Promise<void> {
  const cache = new SettingsCache(app, fail, pace)
  try {
    await work(cache)
  } finally {
    await cache.close()
  }
}
/** Read, and known from then on. */
const learn = async (cache: SettingsCache, server = SERVER): Promise<void> => {
  await cache.read(server)
  await until(
    () => {
      void cache.read(server)
      return cache.known(server) !== undefined
    },
    () => 'never known',
  )
}

test('what was read is known, until this process changes it', () =>
  withCache(async (cache) => {
    assert.equal(cache.known(SERVER), undefined)
    await learn(cache)
    assert.equal(cache.known(SERVER)?.caution, 'low')
    await change('high')
    app.events.emit('settingsChanged', SERVER)
    assert.equal(cache.known(SERVER), undefined)
    assert.equal((await cache.read(SERVER)).caution, 'high')
  }))

test('a terminal beside it changes settings: they are dropped, and whoever listens is told', () =>
  withCache(async (cache) => {
    await learn(cache)
    const told: string[] = []
    const listen = (server: string): void => void told.push(server)
    app.events.on('settingsChanged', listen)
    const args = [MAIN, 'settings', '--caution', 'normal', '--server', SERVER]
    const env = { ...process.env, ...(await environmentOf(home)), MEKIKI_HOME: home }
    const { status, stderr } = spawnSync(process.execPath, args, { env })
    assert.equal(status, 0, String(stderr))
    await until(
      () => told.includes(SERVER),
      () => 'not noticed',
    )
    app.events.off('settingsChanged', listen)
    assert.equal((await cache.read(SERVER)).caution, 'normal')
  }))

test('what was changed while it was read is not kept', () =>
  withCache(async (cache) => {
    await learn(cache)
    app.events.emit('settingsChanged', SERVER)
    const reading = cache.read(SERVER)
    app.events.emit('settingsChanged', SERVER)
    await reading
    assert.equal(cache.known(SERVER), undefined)
  }))

test('without looks at what others change, nothing that is kept counts', () =>
  withCache(
    async (cache) => {
      await cache.read(SERVER)
      assert.equal(cache.known(SERVER), undefined)
    },
    { lookMs: 60_000, maxAgeMs: 0 },
  ))

test('it keeps a bounded number of servers', () =>
  withCache(async (cache) => {
    await learn(cache)
    for (let i = 0; i < 5_100; i++) await cache.read(`9${i}`)
    assert.ok(cache.size <= 5_000)
    assert.equal(cache.known(SERVER), undefined)
    assert.ok(cache.known('95099'))
  }))
