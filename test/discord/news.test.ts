// News reach managers: in the channel that they chose, or with their next command, once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../src/db/connection.ts'
import { openDataset } from '../../src/db/datasets.ts'
import { addNews, type News } from '../../src/db/news.ts'
import { openDatabase } from '../support/app.ts'
import type { Interaction, Who } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

/** A request that is answered after the process that sent it is dead. */
const HANGS_MS = 15_000

let world: World
let db: Database
before(async () => {
  world = await openWorld()
  await world.start()
  // As another process on the same database would.
  db = await openDatabase(world.home)
})
after(async () => {
  await db.destroy()
  assert.deepEqual(await world.close(), [])
})

async function happens(news: News): Promise<void> {
  const dataset = await openDataset(db, { server: world.guild.id, name: 'main', create: true })
  await addNews(db, dataset, news)
}
const isPrivate = (flags = 0) => (flags & 64) !== 0

test('without a channel, a manager is told with their next command, alone and once', async () => {
  const { stand, people } = world
  await happens({ kind: 'held-back', version: 7, labels: ['Akari*'] })
  await happens({ kind: 'training-failed', code: 'train.memory', values: { left: 90 } })
  for (const who of [people.member, people.teacher]) {
    const others = stand.command(who, 'labels')
    await stand.textOf(others)
    assert.deepEqual(others.followUps, [])
  }
  const asked = stand.command(people.manager, 'labels')
  const text = await stand.textOf(asked, /News for managers/)
  assert.match(text, /Version 7 of \*\*main\*\* is not active: \*\*Akari\\\*\*\* has changed a lot/)
  assert.match(
    text,
    /Training \*\*main\*\* failed\. There is too little memory to train on so many pictures \(90 MiB free\)/,
  )
  assert.ok(isPrivate(asked.followUps[0]!.flags))
  assert.deepEqual(
    asked.followUps[0]!.buttons.map((button) => button.label),
    ['Use it anyway', 'Train now'],
  )
  await stand.textOf(stand.press(people.manager, asked.followUps[0]!, 'Use it anyway'), /There is no version 7/)
})

/** Somebody asks for something until they are told, with whichever of the answers: what comes below one comes after it. */
async function toldTo(who: Who, what: RegExp): Promise<void> {
  const { stand } = world
  const asked: Interaction[] = []
  const isTold = () => asked.flatMap((one) => one.followUps).some((message) => what.test(message.text))
  for (let i = 0; i < 20 && !isTold(); i++) {
    const one = stand.command(who, 'labels')
    asked.push(one)
    await stand.textOf(one)
    await sleep(i * 20)
  }
  assert.ok(isTold(), `told ${asked.flatMap((one) => one.followUps.map((message) => message.text))}`)
}

test('in Japanese, for who reads Japanese', async () => {
  const { people } = world
  await happens({ kind: 'many-suspects', suspects: 24, more: 12 })
  await toldTo(
    { ...people.manager, locale: 'ja' },
    /管理者へのお知らせ[\s\S]*\*\*main\*\* に、ラベルが間違っていそうな画像が12枚増えました（全部で24枚）/,
  )
})

test('a channel that managers choose gets what waits, in the language of the server, also after a restart', async () => {
  const { stand, people, guild, bots } = world
  const channel = guild.channels[0]!
  const chosen = stand.command(people.manager, 'settings', { news: channel.id, language: 'ja' })
  await stand.textOf(chosen, /お知らせ/)
  await happens({ kind: 'held-back', version: 8, labels: [] })
  // A change of the settings makes it look for news.
  await stand.textOf(stand.command(people.manager, 'settings', { caution: 'normal' }))
  const posted = (what: RegExp) =>
    [...stand.messages.values()].filter((message) => message.channel_id === channel.id && what.test(message.text))
  await until(
    () => posted(/バージョン8/).length > 0,
    () => 'nothing was posted',
  )
  assert.deepEqual(chosen.followUps, [])
  await bots[0]!.stop()
  await happens({ kind: 'many-suspects', suspects: 40, more: 16 })
  await world.start()
  await until(
    () => posted(/16枚/).length > 0,
    () => 'nothing was posted after the restart',
  )
  assert.equal(posted(/バージョン8/).length, 1)
})

test('a process that is killed while it tells leaves it to the next one', async () => {
  const { stand, guild, bots, start } = world
  const channel = guild.channels[0]!
  const path = new RegExp(`^POST /channels/${channel.id}/messages$`)
  const isAsked = () => stand.calls.some((call) => path.test(call))
  await bots.at(-1)!.stop()
  stand.calls.length = 0
  stand.faults.push({ path, times: 1, delay: HANGS_MS, status: 503 })
  await happens({ kind: 'held-back', version: 18, labels: [] })
  const killed = await start()
  await until(isAsked, () => killed.text())
  await killed.stop('SIGKILL')
  assert.ok(![...stand.messages.values()].some(({ text }) => text.includes('バージョン18')))
  // As if its lease had run out.
  await db.updateTable('expiring').set({ expires_at: 0 }).where('key', 'like', 'news:%').execute()
  await start()
  const told = () => [...stand.messages.values()].filter(({ text }) => text.includes('バージョン18'))
  await until(
    () => told().length > 0,
    () => 'nobody was told',
  )
  let untold: unknown[] = told()
  await until(
    () => {
      void db
        .selectFrom('news')
        .select('id')
        .where('told_at', 'is', null)
        .execute()
        .then((rows) => (untold = rows))
      return untold.length === 0
    },
    () => 'it is not written down that they were told',
  )
  assert.equal(told().length, 1)
})

test('where the bot may not write, a manager is told with their next command after all', async () => {
  const { stand, people, guild } = world
  const channel = guild.channels[0]!
  const SEND_MESSAGES = 2048n
  stand.forbid(guild, channel, SEND_MESSAGES)
  await happens({ kind: 'held-back', version: 9, labels: [] })
  const elsewhere = { ...people.manager, channel: guild.channels[1]! }
  // The bot is told of the permission with an event of its own.
  await toldTo(elsewhere, /バージョン9/)
  // Each was told once.
  for (const what of [/Version 7/, /12枚/, /バージョン8/, /16枚/, /バージョン9/])
    assert.equal([...stand.messages.values()].filter((message) => what.test(message.text)).length, 1, `${what}`)
})
