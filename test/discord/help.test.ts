// Help shows what this person may do here, by topic, with names to click, in their language.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Who } from '../support/discord/interaction.ts'
import { readPages } from '../support/discord/read-pages.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

async function help(who: Who, options: Record<string, unknown> = {}): Promise<string> {
  const pages = await readPages(world.stand, who, world.stand.command(who, 'help', options))
  return pages.map((page) => page.text).join('\n')
}
/** The names that it links to. */
const linked = (text: string): string[] => [...text.matchAll(/<\/(\S+?):\d+>/g)].map(([, name]) => String(name))

test('to each what they may do, and no more', async () => {
  const { people } = world
  const [member, teacher, manager] = await Promise.all([
    help(people.member),
    help(people.teacher),
    help(people.manager),
  ])
  for (const name of ['predict', 'labels', 'forget', 'privacy', 'export', 'help'])
    for (const text of [member, teacher, manager]) assert.ok(linked(text).includes(name), name)
  for (const name of ['label', 'train', 'review']) {
    assert.ok(!linked(member).includes(name), name)
    assert.ok(linked(teacher).includes(name), name)
  }
  for (const name of ['settings', 'setup', 'audit', 'withdraw']) {
    assert.ok(!linked(teacher).includes(name), name)
    assert.ok(linked(manager).includes(name), name)
  }
  assert.doesNotMatch(manager, /`\/(settings|predict)`:? (show|say)/, 'every name can be clicked')
})

test('a link leads to the command that Discord has here', async () => {
  const { stand, guild, people } = world
  const text = await help(people.manager)
  const all = [...stand.commands, ...stand.registered.of(guild)]
  for (const [, name, id] of text.matchAll(/<\/(\S+?):(\d+)>/g)) assert.equal(all.find((c) => c.id === id)?.name, name)
})

test('a role changes what somebody is shown', async () => {
  const { stand, guild, people } = world
  const role = guild.roles[1]!
  const holder = { guild, user: stand.addUser('holder', guild, role.name) }
  assert.ok(!linked(await help(holder)).includes('label'))
  await stand.textOf(stand.command(people.manager, 'settings', { teacher: role.id }))
  const text = await help(holder)
  assert.ok(linked(text).includes('label'))
  assert.ok(!linked(text).includes('train'))
})

test('by topic, and about one topic alone', async () => {
  const { people } = world
  const all = await help(people.manager)
  const titles = ['Asking', 'Adding pictures', 'Review', 'Training', 'This server', 'Help and privacy']
  const found = titles.map((title) => all.indexOf(`**${title}**`))
  assert.ok(
    found.every((at) => at >= 0),
    all,
  )
  assert.deepEqual(
    found,
    found.toSorted((a, b) => a - b),
  )
  const one = await help(people.manager, { topic: 'review' })
  assert.ok(linked(one).includes('review'))
  assert.ok(!linked(one).includes('label'))
})

test('in Japanese, with the names that the picker shows', async () => {
  const { people } = world
  const text = await help({ ...people.manager, locale: 'ja' })
  for (const name of ['ラベル', '判定', '設定', '初期設定']) assert.ok(linked(text).includes(name), name)
  assert.match(text, /\*\*画像を登録する\*\*/)
  assert.doesNotMatch(text, /\*\*(Asking|Training)\*\*/)
})

test('in a direct message only what works there', async () => {
  const { people } = world
  const text = await help({ user: people.manager.user })
  assert.deepEqual(linked(text).includes('forget'), true)
  for (const name of ['settings', 'labels', 'label']) assert.ok(!linked(text).includes(name), name)
})
