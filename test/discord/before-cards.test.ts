// Messages from before answers were cards: what changes them makes cards of them, with nothing of the old beside.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import SQLite from 'better-sqlite3'
import { HAS_CARDS, ofType } from '../support/discord/components.ts'
import type { Message } from '../support/discord/entities.ts'
import { inWorld, type World } from '../support/discord/world.ts'

/** A message with a text, an embed, a picture and one button. */
function sentBefore({ stand, guild }: World, custom_id: string): Message {
  const old = stand.sentBefore(guild.channels[0]!, [{ type: 2, custom_id, label: 'pressed' }])
  assert.deepEqual([old.content, old.embeds.length, old.attachments.length, old.flags], ['from before', 1, 1, 0])
  return old
}

function assertIsCard({ content, embeds, components, flags, text }: Message): void {
  assert.deepEqual([content, embeds, flags & HAS_CARDS], ['', [], HAS_CARDS])
  assert.equal(ofType(components, 'container').length, 1)
  assert.doesNotMatch(text, /from before|a long text/)
}

test('a review goes on in the place of the suspect that it showed', () =>
  inWorld(async (world) => {
    const { stand, people, pictures } = world
    await world.start()
    const added = stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 0, 1))
    await stand.textOf(added, /Added/)
    const old = sentBefore(world, 'do|["decide",{"example":1,"decision":"keep"}]')
    const drawn = old.attachments.map((file) => file.id)
    assert.match(await stand.textOf(stand.press(people.teacher, old, 'pressed'), /Kept/), /Kept/)
    assertIsCard(old)
    assert.ok(!old.attachments.some(({ id }) => drawn.includes(id)))
    // The buttons of a card lead on.
    assert.match(await stand.textOf(stand.press(people.teacher, old, 'Undo'), /Undone/), /Undone/)
    assertIsCard(old)
  }))

test('the question for a yes becomes what came of it, without buttons', () =>
  inWorld(async (world) => {
    const { stand, guild, people, home, pictures } = world
    await world.start()
    const [file] = await pictures('Hana', 0, 1)
    const uploads = [{ name: file!.filename, url: file!.url, size: file!.size }]
    const post = { poster: people.member.user.id, channel: guild.channels[0]!.id, parent: null, uploads }
    const value = { ...post, label: 'Hana', teacher: { id: people.teacher.user.id }, server: guild.id }
    const key = randomUUID()
    const expires = Date.now() + 3600_000
    const database = new SQLite(join(home, 'mekiki.sqlite'))
    database
      .prepare('insert into expiring (key, value, expires_at) values (?, ?, ?)')
      .run(`asked:${key}`, JSON.stringify({ value, expires }), expires)
    database.close()
    const question = sentBefore(world, `no|${key}`)
    await stand.textOf(stand.press(people.member, question, 'pressed'), /nothing was stored/)
    assertIsCard(question)
    assert.deepEqual([question.attachments, question.buttons], [[], []])
  }))
