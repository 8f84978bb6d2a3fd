// Answers are cards: their colour says how they are meant, long ones are turned page by page, and nothing is cut.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { COLORS } from '../../src/discord/cards/colors.ts'
import { HAS_CARDS, ofType } from '../support/discord/components.ts'
import type { Message } from '../support/discord/entities.ts'
import { positionOf, readPages, turn } from '../support/discord/read-pages.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  const { stand, people } = world
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /by hand/)
  await world.runTrainingJob(people.teacher, ['Akari', 'Botan', 'Chika'], 8)
})
after(async () => assert.deepEqual(await world.close(), []))

const colourOf = (message: Message | undefined) =>
  ofType(message?.components ?? [], 'container').map((c) => c.accent_color)

test('sure, unsure and unknown have colours of their own, one card for each picture', async () => {
  const { stand, people, pictures } = world
  const files = [...(await pictures('Akari', 20, 22)), await noise(), await noise()]
  const asked = stand.command(people.member, 'predict', {}, files)
  const text = await stand.textOf(asked, /\*\*4\.\*\*/)
  const expected = text
    .split(/^\*\*\d\.\*\* /m)
    .slice(1)
    .map((answer) => (/don’t recogni/.test(answer) ? 'unknown' : /not sure/.test(answer) ? 'unsure' : 'sure'))
  assert.deepEqual(
    colourOf(asked.message),
    expected.map((grade) => COLORS[grade as keyof typeof COLORS]),
  )
  assert.equal(new Set([COLORS.sure, COLORS.unsure, COLORS.unknown, COLORS.error, COLORS.neutral]).size, 5)
  assert.ok(expected.includes('unknown'))
})

/** A picture that shows none of the labels. */
async function noise() {
  const { default: sharp } = await import('sharp')
  const gaussian = { type: 'gaussian', mean: 120, sigma: 70 } as const
  const create = { width: 300, height: 300, channels: 3, background: '#777', noise: gaussian } as const
  return world.stand.keep('noise.png', await sharp({ create }).png().toBuffer())
}

test('what was handed to a command stands beside its answer, covered where it is a spoiler; a post is there already', async () => {
  const { stand, people, pictures } = world
  const [file] = await pictures('Akari', 23, 24)
  const beside = ({ message }: { message?: Message }) => ofType(message?.components ?? [], 'thumbnail')
  const asked = stand.command(people.member, 'predict', {}, [file!])
  await stand.textOf(asked)
  assert.deepEqual(
    beside(asked).map((c) => c.spoiler),
    [false],
  )
  const covered = stand.command(people.member, 'predict', {}, [{ ...file!, filename: 'SPOILER_akari.png' }])
  await stand.textOf(covered)
  assert.deepEqual(
    beside(covered).map((c) => c.spoiler),
    [true],
  )
  const posted = stand.post(people.member, `<@${stand.bot.id}>`, [file!])
  assert.deepEqual(beside({ message: await stand.replyTo(posted) }), [])
})

test('a mistake is amber, and what was done is green', async () => {
  const { stand, people } = world
  const none = stand.menu(people.member, 'What is this?', stand.post(people.owner, 'words'))
  await stand.textOf(none, /no picture here/)
  assert.deepEqual(colourOf(none.message), [COLORS.warning])
  const saved = stand.command(people.manager, 'settings', { caution: 'normal' })
  await stand.textOf(saved)
  assert.deepEqual(colourOf(saved.message), [COLORS.success])
})

test('the audit log has pages that whoever may read it turns in place; others are refused, and it stays', async () => {
  const { stand, guild, people, home } = world
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  const insert = database.prepare(
    "insert into audit (server, dataset, by, action, detail, at) values (?, null, ?, 'filed', ?, ?)",
  )
  const total = 70
  for (let i = 0; i < total; i++)
    insert.run(
      guild.id,
      people.member.user.id,
      JSON.stringify({ label: 'Akari', example: i }),
      '2026-07-01T12:00:00.000Z',
    )
  database.close()
  const mine = stand.command(people.manager, 'audit', { person: people.member.user.id })
  const pages = await readPages(stand, people.manager, mine)
  assert.ok(pages.length > 3)
  const seen = pages.flatMap(({ text }) => [...text.matchAll(/added `#(\d+)`/g)].map((m) => Number(m[1])))
  assert.deepEqual(
    seen,
    Array.from({ length: total }, (_, i) => total - 1 - i),
  )
  const message = mine.message!
  assert.ok(message.buttons.find((b) => b.label === '▶')?.disabled)
  await turn(stand, people.manager, message, '◀')
  assert.deepEqual(positionOf(message), { number: pages.length - 1, of: pages.length })
  assert.equal(message.text, pages.at(-2)?.text)

  const { text } = message
  const other = stand.press(people.member, message, '◀')
  assert.match(await stand.textOf(other, /Only server managers/), /Only server managers/)
  const told = [other.message, ...other.followUps].find((m) => m && m !== message)
  assert.equal((told?.flags ?? 0) & 64, 64)
  assert.equal(message.text, text)
})

test('statistics: one picture a page, every chart on one of them', async () => {
  const { stand, people } = world
  const asked = stand.command(people.manager, 'stats')
  const pages = await readPages(stand, people.manager, asked)
  assert.ok(pages.every((page) => page.attachments.length <= 1))
  const drawn = pages.flatMap((page) => page.attachments.map((a) => a.filename))
  assert.deepEqual(drawn.toSorted(), ['confusion.webp', 'examples.webp', 'learning.webp'])
  const all = pages.map((page) => page.text).join('\n')
  for (const part of [/accuracy|right/i, /Akari/, /Botan/, /Chika/]) assert.match(all, part)
})

test('what could not be taken is all said, to whoever wants the details', async () => {
  const { stand, people } = world
  const files = Array.from({ length: 10 }, (_, i) => stand.keep(`broken-${i}.png`, Buffer.from(`no picture ${i}`)))
  const added = stand.command(people.teacher, 'label', { label: 'Akari' }, files)
  await stand.textOf(added)
  const { message } = added
  assert.ok(message)
  assert.deepEqual(colourOf(message), [COLORS.error])
  let all = message.text
  if (message.buttons.some((b) => b.label === 'Details')) {
    const details = stand.press(people.member, message, 'Details')
    for (const { text } of await readPages(stand, people.member, details)) all += text
    assert.equal((details.message?.flags ?? 0) & (64 | HAS_CARDS), 64 | HAS_CARDS)
  }
  for (let i = 0; i < 10; i++) assert.match(all, new RegExp(`broken-${i}\\.png`))
})

test('a spoiler stays covered in the card', async () => {
  const { stand, people, pictures } = world
  const [file] = await pictures('Akari', 60, 61)
  const covered = { ...file!, filename: 'SPOILER_akari.png' }
  const added = stand.command(people.teacher, 'label', { label: 'Akari' }, [covered])
  await stand.textOf(added, /Added 1 picture/)
  const items = ofType(added.message!.components, 'gallery').flatMap((g) => g.items ?? [])
  assert.deepEqual(
    items.map((item) => item.spoiler),
    [true],
  )
})

test('a page, or details, that the bot no longer knows: it says that they are too old', async () => {
  const { stand, guild, people } = world
  const [channel] = guild.channels
  for (const custom_id of ['page|2|~gone', 'page|2|["no-such-command",{}]', 'details|gone', 'details|2|gone']) {
    const old = stand.sentBefore(channel!, [{ type: 2, custom_id, label: 'pressed' }])
    assert.match(await stand.textOf(stand.press(people.manager, old, 'pressed')), /too old/, custom_id)
  }
})
