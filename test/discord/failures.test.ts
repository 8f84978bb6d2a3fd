// What goes wrong between the bot and Discord, and that nobody is left without an answer because of it.
import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { PermissionFlagsBits as May } from 'discord.js'
import { inWorld } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

const NAMES = ['Akari', 'Botan']

test('connection: drops, reconnects, invalid sessions and zombies lose no message', () =>
  inWorld(async ({ stand, people, start, runTrainingJob, pictures }) => {
    await start()
    await runTrainingJob(people.teacher, NAMES, 4)
    const ask = async () => {
      const posted = stand.post(people.member, `<@${stand.bot.id}>`, await pictures('Akari', 30, 31))
      return stand.replyTo(posted)
    }
    const seen = (what: string) => stand.gateway.seen.filter((s) => s === what).length
    stand.gateway.drop()
    await ask()
    assert.equal(seen('resume'), 1)
    stand.gateway.reconnect()
    await until(
      () => seen('resume') === 2,
      () => stand.gateway.seen.join(),
    )
    await ask()
    stand.gateway.isDeaf = true
    await until(
      () => seen('resume') === 3,
      () => stand.gateway.seen.join(),
    )
    stand.gateway.isDeaf = false
    await ask()
    stand.gateway.invalidate(false)
    await until(
      () => seen('identify') === 2 && stand.gateway.isConnected,
      () => stand.gateway.seen.join(),
    )
    await ask()
    assert.equal(new Set(stand.said.map((m) => m.id)).size, stand.said.length)
  }))

test('REST: limits, errors and slowness delay an answer and do not lose it', () =>
  inWorld(async ({ stand, people, start, runTrainingJob, pictures }) => {
    await start()
    await runTrainingJob(people.teacher, NAMES, 4)
    const files = await pictures('Botan', 30, 31)
    const faults = [{ retryAfter: 1 }, { status: 500 }, { status: 503 }, { delay: 2_000 }]
    for (const fault of faults) {
      stand.faults.push({ path: /^POST \/channels\/\d+\/messages/, times: 2, ...fault })
      stand.faults.push({ path: /^PATCH \/webhooks/, times: 2, ...fault })
      const posted = stand.post(people.member, `<@${stand.bot.id}>`, files)
      const asked = stand.command(people.member, 'predict', {}, files)
      assert.match((await stand.replyTo(posted)).text, / %/)
      assert.match(await stand.textOf(asked, /./), / %/)
    }
  }))

test('a message or channel that is gone, and a channel where it may not write, are left alone; it says so once', () =>
  inWorld(async ({ stand, guild, people, start, runTrainingJob, pictures }) => {
    const bot = await start()
    await runTrainingJob(people.teacher, NAMES, 4)
    const [general, channel] = guild.channels as [(typeof guild.channels)[0], (typeof guild.channels)[0]]
    const files = await pictures('Botan', 30, 31)
    const gone = stand.post(people.member, `<@${stand.bot.id}>`, files)
    stand.remove(gone)
    const slow = stand.keep('slow.png', new Uint8Array(10), 'slow')
    const lost = guild.channels[2]!
    stand.post({ ...people.member, channel: lost }, `<@${stand.bot.id}>`, [slow])
    await sleep(300)
    stand.removeChannel(guild, lost)
    stand.forbid(guild, channel, May.SendMessages)
    const before = stand.said.length
    for (let i = 0; i < 3; i++) stand.post({ ...people.member, channel }, `<@${stand.bot.id}>`, files)
    await until(
      () => stand.said.length > before,
      () => 'nothing said',
    )
    await sleep(2_500)
    assert.equal(stand.said.length, before + 1)
    assert.match(stand.said.at(-1)!.text, new RegExp(`Someone asked me in <#${channel.id}>, but I can’t answer there`))
    assert.equal(stand.said.at(-1)!.channel_id, general.id)
    assert.equal(bot.logs.filter((l) => Number(l.level) >= 50).length, 0)
  }))

test('without the Message Content intent it goes on, and says what is missing', () =>
  inWorld(async ({ stand, people, start, runTrainingJob, pictures }) => {
    stand.gateway.refusesContent = true
    const bot = await start()
    assert.ok(bot.logs.some((l) => l.seesContent === false))
    await until(
      () => stand.said.length > 0,
      () => 'no welcome',
    )
    const welcome = stand.said[0]!
    for (const step of [/Step 2/, /Step 3/]) {
      stand.press(people.owner, welcome, 'Skip')
      await until(
        () => step.test(welcome.text),
        () => welcome.text,
      )
    }
    assert.match(welcome.text, /I can’t see what others post yet/)
    await runTrainingJob(people.teacher, NAMES, 4)
    const files = await pictures('Botan', 30, 31)
    const mention = stand.post(people.member, `<@${stand.bot.id}>`, files)
    assert.match((await stand.replyTo(mention)).text, / %/)
    const direct = stand.post({ user: people.member.user }, '', files)
    assert.match((await stand.replyTo(direct)).text, / %/)
    const channel = people.manager.guild.channels[1]!.id
    const watched = stand.command(people.manager, 'settings', { watch: channel })
    assert.match(await stand.textOf(watched), /Without the “Message Content” intent/)
  }))

test('stopped in the middle: what was taken is answered by the next start, once', () =>
  inWorld(async ({ stand, people, start, runTrainingJob, pictures }) => {
    const first = await start()
    await runTrainingJob(people.teacher, NAMES, 4)
    const [file] = await pictures('Botan', 30, 31)
    const slow = stand.keep('slow.png', new Uint8Array(10), 'slow')
    const posted = stand.post(people.member, `<@${stand.bot.id}>`, [slow, file!])
    await sleep(300)
    first.process.kill('SIGKILL')
    await sleep(100)
    await start()
    assert.match((await stand.replyTo(posted)).text, / %/)
    stand.gateway.send('MESSAGE_CREATE', posted)
    await sleep(2_500)
    assert.equal(stand.said.filter((m) => m.message_reference).length, 1)
  }))

test('what Discord refuses is logged without what was to be said, or what answers in the bot’s name', () =>
  inWorld(async ({ stand, people, start, pictures }) => {
    const bot = await start({ LOG_LEVEL: 'trace' })
    await stand.textOf(
      stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 0, 1)),
      /Added/,
    )
    const refusals = [{ status: 400 }, { status: 500 }]
    for (const refusal of refusals) {
      stand.faults.push({ path: /^PATCH \/webhooks/, times: 5, message: 'a secret echo', ...refusal })
      const asked = stand.command(people.teacher, 'export')
      await until(
        () =>
          bot.logs.some(
            (l) => l.msg === 'answer not delivered' && (l.err as { status: number }).status === refusal.status,
          ),
        () => bot.text(),
      )
      assert.doesNotMatch(bot.text(), new RegExp(`${asked.token}|secret|Akari|requestBody|"data":[{[]`))
      stand.faults.length = 0
    }
  }))

test('a person’s burst waits for its turn, within bounds', () =>
  inWorld(async ({ stand, people, start, pictures }) => {
    await start()
    const files = await pictures('Akari', 0, 10)
    const asked = Array.from({ length: 38 }, () => stand.command(people.member, 'predict', {}, files))
    const texts = await Promise.all(asked.map((a) => stand.textOf(a)))
    const waiting = asked.filter((_, i) => /I’ll look at these 10 in about \d+/.test(texts[i] ?? ''))
    assert.equal(texts.filter((t) => /haven’t been trained yet/.test(t)).length, 6)
    assert.equal(waiting.length, 30)
    assert.equal(texts.filter((t) => /Please wait \d+ s/.test(t)).length, 2)
    // The first of them waits for 10 s.
    await Promise.any(waiting.map((from) => stand.textOf(from, /haven’t been trained yet/)))
    assert.match(await stand.textOf(stand.command(people.teacher, 'predict', {}, files)), /haven’t been trained yet/)
  }))

test('health, metrics and logs say how it goes, and nothing that they should not', () =>
  inWorld(async ({ stand, people, start, pictures }) => {
    const bot = await start({ METRICS_PORT: '0', LOG_LEVEL: 'trace' })
    const file = stand.keep('very-secret-name.png', Buffer.from('secret bytes'))
    stand.post(people.member, `<@${stand.bot.id}> a secret word`, [file])
    await stand.textOf(
      stand.command(people.teacher, 'label', { label: 'a secret label' }, await pictures('Akari', 0, 1)),
    )
    const port = bot.logs.find((l) => l.msg === 'ready')!.metricsPort
    const health = await fetch(`http://127.0.0.1:${port}/healthz`)
    assert.equal(health.status, 200)
    assert.equal(((await health.json()) as { ok: boolean }).ok, true)
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    assert.match(metrics, /mekiki_commands_total\{command="label",outcome="done"\} 1/)
    assert.match(metrics, /mekiki_verbs_total\{verb="label",outcome="done"\} 1/)
    assert.match(metrics, /mekiki_acknowledge_seconds_count 1/)
    assert.equal((await fetch(`http://127.0.0.1:${port}/x`)).status, 404)
    // On the loopback interface alone.
    const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    for (const { address, internal, family } of addresses)
      if (!internal && family === 'IPv4') await assert.rejects(fetch(`http://${address}:${port}/metrics`))
    assert.doesNotMatch(bot.text() + metrics, /secret|stand\.in\.token/)
  }))
