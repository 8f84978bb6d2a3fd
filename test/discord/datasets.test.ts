// Datasets in the chat: shown, renamed, copied, emptied and deleted by managers, with a button that confirms.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

test('a manager sees the datasets, and only managers are shown the command', async () => {
  const { stand, people, pictures, guild } = world
  await stand.textOf(
    stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 0, 3)),
    /Added 3/,
  )
  const channel = guild.channels[0]!
  await stand.textOf(stand.command(people.manager, 'settings', { dataset: 'Birds', for: channel.id }))
  assert.equal(stand.isShown(people.teacher, 'datasets'), false)
  const listed = stand.command(people.manager, 'datasets')
  const text = await stand.textOf(listed, /2 datasets/)
  assert.match(text, /\*\*Birds\*\* · 0 labels and 0 pictures · not trained/)
  assert.match(text, /\*\*main\*\* · 1 label and 3 pictures/)
  assert.match(text, new RegExp(`<#${channel.id}>`))
  const one = stand.choose(people.manager, listed.message!, 'Choose a dataset …', 'main')
  assert.match(await stand.textOf(one, /1 dataset/), /main/)
})

test('renaming asks for the name with a form; channels follow', async () => {
  const { stand, people, guild } = world
  const one = stand.command(people.manager, 'datasets', { name: 'birds' })
  await stand.textOf(one, /Birds/)
  const form = await stand.answerTo(stand.press(people.manager, one.message!, 'Rename …'))
  assert.equal(form.data?.title, 'Rename …')
  assert.match(
    await stand.textOf(stand.submit(people.manager, form, 'Garden birds', [])),
    /is now called \*\*Garden birds\*\*/,
  )
  const settings = await stand.textOf(stand.command(people.manager, 'settings'))
  assert.match(settings, new RegExp(`Garden birds\\*\\* in <#${guild.channels[0]!.id}>`))
  const taken = stand.command(people.manager, 'datasets', { action: 'rename', name: 'garden birds', to: 'MAIN' })
  await stand.textOf(taken, /There is a dataset of that name already/)
  await stand.textOf(
    stand.command(people.manager, 'datasets', { action: 'rename', name: 'main', to: 'x' }),
    /keeps its name/,
  )
  await stand.textOf(
    stand.command(people.manager, 'datasets', { action: 'rename', name: 'main' }),
    /Something is missing/,
  )
})

test('a copy has the pictures; emptying and deleting ask, and say what goes', async () => {
  const { stand, people, guild } = world
  const copied = stand.command(people.manager, 'datasets', { action: 'copy', name: 'main', to: 'trial' })
  await stand.textOf(copied, /Copied \*\*main\*\* to \*\*trial\*\*: 1 label, 3 pictures/)
  const asked = stand.command(people.manager, 'datasets', { action: 'empty', name: 'main' })
  await stand.textOf(asked, /Empty \*\*main\*\*\? That deletes 1 label and 3 pictures for good/)
  await stand.textOf(stand.press(people.manager, asked.message!, 'Empty it'), /Emptied \*\*main\*\*/)
  await stand.textOf(stand.command(people.member, 'labels'), /No labels yet/)
  const again = stand.command(people.manager, 'datasets', { action: 'delete', name: 'garden birds' })
  await stand.textOf(again, new RegExp(`<#${guild.channels[0]!.id}> will use`))
  await stand.textOf(stand.press(people.manager, again.message!, 'Delete it'), /Deleted \*\*Garden birds\*\*/)
  assert.match(await stand.textOf(stand.command(people.manager, 'datasets')), /trial\*\* · 1 label and 3 pictures/)
  const settings = await stand.textOf(stand.command(people.manager, 'settings'))
  assert.doesNotMatch(settings, /Garden birds/)
})

test('a button does not touch another dataset of the name', async () => {
  const { stand, people } = world
  const asked = stand.command(people.manager, 'datasets', { action: 'delete', name: 'trial' })
  await stand.textOf(asked, /Delete \*\*trial\*\*/)
  await stand.textOf(stand.command(people.manager, 'datasets', { action: 'rename', name: 'trial', to: 'kept' }))
  await stand.textOf(stand.command(people.manager, 'datasets', { action: 'copy', name: 'kept', to: 'trial' }), /Copied/)
  await stand.textOf(stand.press(people.manager, asked.message!, 'Delete it'), /There is no such dataset here/)
  assert.match(await stand.textOf(stand.command(people.manager, 'datasets')), /\*\*kept\*\*[\s\S]*\*\*trial\*\*/)
})

test('in Japanese', async () => {
  const { stand, people } = world
  const manager = { ...people.manager, locale: 'ja' }
  await stand.textOf(stand.command(manager, 'datasets'), /データセット3個/)
  const asked = stand.command(manager, 'datasets', { action: 'delete', name: 'trial' })
  await stand.textOf(asked, /\*\*trial\*\* を削除しますか？ ラベル1個と画像3枚もすべて削除されます/)
  await stand.textOf(
    stand.press(manager, asked.message!, '削除する'),
    /\*\*trial\*\* とラベル1個と画像3枚を削除しました/,
  )
})
