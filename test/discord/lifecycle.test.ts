// How the bot starts, registers, stops and leaves.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { inWorld } from '../support/discord/world.ts'
import { MAIN } from '../support/mekiki.ts'
import { until } from '../support/until.ts'

const NAMES = ['Akari', 'Botan']

test('told to stop it finishes what it has, takes nothing new, and keeps what is due', () =>
  inWorld(async ({ stand, people, start, runTrainingJob, pictures }) => {
    const bot = await start()
    await runTrainingJob(people.teacher, NAMES, 4)
    const added = stand.command(people.teacher, 'label', { label: 'Chika' }, await pictures('Chika', 0, 3))
    await stand.textOf(added)
    const slow = stand.keep('slow.png', new Uint8Array(10), 'slow')
    const asked = stand.command(people.member, 'predict', {}, [slow])
    await sleep(200)
    const code = bot.stop('SIGINT')
    await until(() => bot.logs.some((l) => l.msg === 'stopping'), bot.text)
    const late = stand.command(people.member, 'labels')
    assert.match(await stand.textOf(late), /being restarted/)
    await stand.textOf(asked, /I only read JPEG/)
    assert.equal(await code, 0)
    const next = await start()
    await until(
      () => next.logs.some((l) => l.retrained !== undefined),
      () => next.text(),
    )
  }))

test('removed from a server: after the grace period its data go, before it they are kept', () =>
  inWorld(async ({ stand, guild, people, start, pictures }) => {
    const bot = await start()
    await stand.textOf(stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 0, 1)))
    stand.removeGuild(guild)
    await until(
      () => bot.logs.some((l) => /removed from a server/.test(String(l.msg))),
      () => bot.text(),
    )
    await bot.stop()
    stand.guilds.push(guild)
    const second = await start()
    assert.match(await stand.textOf(stand.command(people.member, 'labels')), /Akari/)
    stand.removeGuild(guild)
    await until(
      () => second.logs.some((l) => /removed from a server/.test(String(l.msg))),
      () => second.text(),
    )
    await second.stop()
    const third = await start({ GRACE_DAYS: '0' })
    await until(
      () => third.logs.some((l) => /deleted the data/.test(String(l.msg))),
      () => third.text(),
    )
    stand.guilds.push(guild)
    await third.stop()
    await start()
    assert.match(await stand.textOf(stand.command(people.member, 'labels')), /No labels yet/)
  }))

test('commands are registered when they changed, not at every start', () =>
  inWorld(async ({ stand, start }) => {
    for (let i = 0; i < 2; i++) await (await start()).stop()
    assert.equal(stand.registrations, 1)
  }))

test('starting again and again, it waits before it logs in', () =>
  inWorld(async ({ stand, start }) => {
    for (let i = 0; i < 5; i++) await (await start()).stop()
    const bot = await start()
    assert.ok(bot.logs.some((l) => Number(l.pause) > 0))
    assert.equal(stand.gateway.seen.filter((s) => s === 'identify').length, 6)
  }))

test('a token that was taken away ends it: nothing is asked again and again', () =>
  inWorld(async ({ stand, people, start }) => {
    const bot = await start()
    stand.faults.push({ path: /^POST \/channels/, times: 1000, status: 401 })
    stand.post(people.member, `<@${stand.bot.id}>`)
    await until(
      () => bot.process.exitCode !== null,
      () => bot.text(),
    )
    assert.equal(bot.process.exitCode, 1)
    assert.match(bot.text(), /discord\.token/)
    assert.ok(stand.calls.filter((c) => c.startsWith('POST /channels')).length <= 3)
  }))

test('without a token it says what to do, and a wrong one is a mistake, not a crash', () =>
  inWorld(async ({ stand }) => {
    const home = mkdtempSync(join(tmpdir(), 'mekiki-token-'))
    const serve = (env: Record<string, string>) =>
      spawnSync(process.execPath, [MAIN, 'serve'], {
        ...{ cwd: home, encoding: 'utf8', timeout: 30_000 },
        env: { ...process.env, DISCORD_TOKEN: '', MEKIKI_HOME: join(home, 'data'), ...env },
      })
    const none = serve({})
    assert.equal(none.status, 1)
    assert.equal(none.stderr.trim().split('\n').length, 3)
    assert.match(none.stderr, /DISCORD_TOKEN=….*file named \.env .*docs\/discord\.md.*: mekiki --help lists/s)
    const odd = serve({ DISCORD_TOKEN: 'x y' })
    assert.match(odd.stderr, /config\.invalid/)
    const port = serve({ METRICS_PORT: 'many' })
    assert.match(port.stderr, /METRICS_PORT/)
    rmSync(home, { recursive: true })
    void stand
  }))
