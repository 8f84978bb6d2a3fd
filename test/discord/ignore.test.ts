// Whoever wants to be left alone is: their posts in watched channels are neither loaded nor answered, until they say so.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import type { Channel, Message } from '../support/discord/entities.ts'
import type { Who } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
let channel: Channel
before(async () => {
  world = await openWorld()
  await world.start()
  const { guild, people, stand } = world
  await world.runTrainingJob(people.teacher, ['Akari', 'Botan'], 6)
  channel = guild.channels[1]!
  await stand.textOf(stand.command(people.manager, 'settings', { watch: channel.id, answer: 'all' }), /now answer/)
})
after(async () => assert.deepEqual(await world.close(), []))

const hasReply = ({ id }: Message): boolean =>
  world.stand.said.some((m) => (m.message_reference as { message_id?: string } | undefined)?.message_id === id)

async function post(who: Who, k: number): Promise<Message> {
  const { pictures, stand } = world
  return stand.post({ ...who, channel }, '', await pictures('Akari', k, k + 1))
}

const stored = (): unknown[] => {
  const database = new SQLite(join(world.home, 'mekiki.sqlite'), { readonly: true })
  try {
    return database.prepare('select server, person from ignored order by person').all()
  } finally {
    database.close()
  }
}

test('a button below an answer, and the command, leave somebody alone and take it back', async () => {
  const { guild, people, stand } = world
  const answer = await stand.replyTo(await post(people.owner, 20))
  const pressed = stand.press(people.member, answer, 'Ignore my posts')
  assert.match(await stand.textOf(pressed), /I’ll leave your posts alone/)
  assert.equal(pressed.message!.flags & 64, 64)
  assert.deepEqual(stored(), [{ server: guild.id, person: people.member.user.id }])

  const before = stand.calls.length
  const quiet = await post(people.member, 21)
  await stand.replyTo(await post(people.owner, 22))
  await sleep(500)
  assert.ok(!hasReply(quiet))
  const { attachments } = quiet
  assert.ok(!stand.calls.slice(before).some((call) => call.includes(attachments[0]!.id)))
  // They can still ask by themselves.
  await stand.replyTo(stand.post({ ...people.member, channel }, `<@${stand.bot.id}>`, attachments))

  const taken = stand.press(people.member, pressed.message!, 'Answer my posts again')
  assert.match(await stand.textOf(taken), /answer your posts in watched channels again/)
  await stand.replyTo(await post(people.member, 23))
  assert.deepEqual(stored(), [])

  const japanese = { ...people.member, locale: 'ja' }
  assert.match(await stand.textOf(stand.command(japanese, 'ignore')), /あなたの投稿に答えません/)
  assert.match(await stand.textOf(stand.command(japanese, 'ignore', { stop: true })), /また答えます/)
})

test('it is of one server, is exported, and goes with what is forgotten', async () => {
  const { guild, people, stand } = world
  await stand.textOf(stand.command(people.member, 'ignore'), /alone/)
  const exported = stand.command(people.member, 'export')
  assert.match(await stand.textOf(exported), /leave your posts alone on 1 server/)
  const file = exported.message!.attachments.find(({ filename }) => filename === 'my-data.json')
  const about = (await (await fetch(file!.url)).json()) as { ignored: { server: string }[] }
  assert.deepEqual(
    about.ignored.map(({ server }) => server),
    [guild.id],
  )

  const other = stand.addGuild('elsewhere')
  other.members.push({ user: people.member.user, roles: [] })
  const elsewhere = { guild: other, user: people.member.user }
  await stand.textOf(stand.command(elsewhere, 'ignore'), /alone/)
  const asked = stand.command(people.member, 'forget')
  await stand.textOf(asked, /Delete/)
  await stand.textOf(stand.press(people.member, asked.message!, /Delete all my data/), /Deleted/)
  assert.deepEqual(stored(), [{ server: other.id, person: people.member.user.id }])
  const everywhere = stand.command({ user: people.member.user }, 'forget')
  await stand.textOf(everywhere, /Delete/)
  await stand.textOf(stand.press({ user: people.member.user }, everywhere.message!, /Delete all my data/), /Deleted/)
  assert.deepEqual(stored(), [])
})
