// The training that follows an addition by itself says what it came to, in the reply that caused it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Interaction } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

const textOf = (from: Interaction): string => from.message?.text ?? ''

test('of several additions in a row the latest reply says it, and keeps its picture and its button', async () => {
  const { people, pictures, stand } = world
  const first = stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 0, 6))
  await stand.textOf(first, /Added 6/)
  const second = stand.command(people.teacher, 'label', { label: 'Botan' }, await pictures('Botan', 0, 6))
  await stand.textOf(second, /Added 6/)
  const japanese = { ...people.manager, locale: 'ja' }
  const other = stand.command(japanese, 'label', { label: 'Botan' }, await pictures('Botan', 6, 8))
  await stand.textOf(other, /2枚を登録しました/)

  assert.match(
    await stand.textOf(second, /Learned/),
    /Added 6 pictures.*Learned\. \d+ % right on pictures I had not seen/s,
  )
  assert.match(await stand.textOf(other, /学習しました/), /2枚を登録しました.*学習しました。.*正解率は/s)
  assert.doesNotMatch(textOf(first), /Learned/)
  assert.deepEqual(
    second.message?.attachments.map(({ filename }) => filename),
    ['added.webp'],
  )
  assert.match(await stand.textOf(stand.press(people.teacher, second.message!, 'Undo')), /removed 6 pictures/)
})

test('where the interaction is over, the message is edited in its channel', async () => {
  const { people, pictures, stand } = world
  const added = stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 6, 9))
  await stand.textOf(added, /Added 3/)
  stand.faults.push({ path: /^PATCH \/webhooks/, times: 1, status: 404, code: 10015 })
  await stand.textOf(added, /Learned/)
  assert.ok(stand.calls.some((call) => call === `PATCH /channels/${added.channel.id}/messages/${added.message?.id}`))
})

test('a picture that was posted to be added: the reply to the post says it', async () => {
  const { people, pictures, stand } = world
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /may be added/)
  const posted = stand.post(people.teacher, `<@${stand.bot.id}> label Akari`, await pictures('Akari', 9, 11))
  const reply = await stand.replyTo(posted)
  assert.match(reply.text, /Added 2 pictures/)
  await until(
    () => /Learned/.test(reply.text),
    () => reply.text,
  )
})

test('where nothing trains by itself the reply stays as it is, until somebody trains', async () => {
  const { people, pictures, stand } = world
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /./)
  const added = stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 11, 13))
  await stand.textOf(added, /Added 2/)
  await stand.textOf(stand.command(people.manager, 'train'), /Learned/)
  await stand.textOf(added, /Learned/)
})
