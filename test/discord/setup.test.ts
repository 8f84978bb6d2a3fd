// The welcome sets a server up in three steps, by those who may, and ends with the first label.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { BASIC, MANAGES_SERVER, type Message } from '../support/discord/entities.ts'
import type { Who } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

const EPHEMERAL = 64

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

const inChannel = (id: string | null): Message[] => world.stand.said.filter((m) => m.channel_id === id)

async function join(name: string, how: { locale?: string; quiet?: boolean } = {}) {
  const guild = world.stand.addGuild(name, how)
  const channel = guild.systemChannel ?? guild.channels[0]!.id
  await until(
    () => inChannel(channel).length > 0 && world.stand.registered.times(guild) > 0,
    () => 'no welcome',
  )
  const [welcome] = inChannel(channel)
  assert.ok(welcome)
  const owner: Who = { guild, user: guild.owner, permissions: MANAGES_SERVER, locale: how.locale ?? 'en-US' }
  return { guild, welcome, owner }
}

/** Presses something and waits until the welcome shows something else. */
async function go(welcome: Message, press: () => unknown, expected: RegExp): Promise<void> {
  press()
  await until(
    () => expected.test(welcome.text),
    () => `expected ${expected}, received ${welcome.text}`,
  )
}
const settingsOf = async (owner: Who): Promise<string> => world.stand.textOf(world.stand.command(owner, 'settings'))

test('three steps lead from the welcome to the first label', async () => {
  const { stand, pictures } = world
  const { guild, welcome, owner } = await join('birds')
  assert.match(welcome.text, /learn to tell your pictures apart/)
  assert.match(welcome.text, /Step 1 of 3: Which language/)
  await go(welcome, () => stand.press(owner, welcome, 'English'), /Step 2 of 3: Who may teach/)
  const role = guild.roles[1]!
  await go(welcome, () => stand.pick(owner, welcome, /role/, role.id), /Step 3 of 3: Shall I watch/)
  const channel = guild.channels[1]!
  await go(welcome, () => stand.pick(owner, welcome, /channel/, channel.id), /All set/)
  assert.match(welcome.text, new RegExp(`<@&${role.id}>`))
  assert.match(welcome.text, new RegExp(`<#${channel.id}>`))
  const settings = await settingsOf(owner)
  assert.match(settings, new RegExp(`<@&${role.id}>`))
  assert.match(settings, new RegExp(`<#${channel.id}>`))
  // Whom it let teach adds the first pictures at once.
  const holder: Who = { guild, user: stand.addUser('holder', guild, role.name) }
  const form = await stand.answerTo(stand.press(holder, welcome, 'Add the first pictures'))
  assert.equal(form.type, 9)
  const added = stand.submit(holder, form, 'Robin', await pictures('Akari', 0, 2))
  assert.match(await stand.textOf(added, /Added/), /Added 2 pictures.*Robin/)
})

test('others cannot press it, and are told so in private', async () => {
  const { stand } = world
  const { guild, welcome, owner } = await join('bees')
  const before = welcome.text
  const member: Who = { guild, user: stand.addUser('someone', guild), permissions: BASIC }
  const pressed = stand.press(member, welcome, 'English')
  assert.match(await stand.textOf(pressed), /Only server managers can do that/)
  assert.equal(pressed.message!.flags & EPHEMERAL, EPHEMERAL)
  assert.equal(welcome.text, before)
  await go(welcome, () => stand.press(owner, welcome, 'Skip'), /Step 2/)
  await go(welcome, () => stand.press(owner, welcome, 'Skip'), /Step 3/)
  await go(welcome, () => stand.press(owner, welcome, 'No channel'), /All set/)
  const form = stand.press(member, welcome, 'Add the first pictures')
  assert.match(await stand.textOf(form), /Only teachers can do that/)
  assert.equal(form.message!.flags & EPHEMERAL, EPHEMERAL)
  await go(welcome, () => stand.press(owner, welcome, 'Run set-up again'), /Step 1/)
})

test('everybody may teach, or only those who could before', async () => {
  const { stand, pictures } = world
  const { guild, welcome, owner } = await join('ants')
  const member: Who = { guild, user: stand.addUser('someone', guild), permissions: BASIC }
  await go(welcome, () => stand.press(owner, welcome, 'Skip'), /Step 2/)
  await go(welcome, () => stand.press(owner, welcome, 'Everybody'), /Step 3/)
  await stand.untilShown(member, 'label')
  await stand.textOf(stand.command(member, 'label', { label: 'Ant' }, await pictures('Botan', 0, 1)), /Added/)
  await go(welcome, () => stand.press(owner, welcome, 'No channel'), /Everybody may teach/)
  assert.match(await settingsOf(owner), /everybody \(teacher\)/)
  assert.match(await settingsOf({ ...owner, locale: 'ja' }), /全員（/)
  await go(welcome, () => stand.press(owner, welcome, 'Run set-up again'), /Step 1/)
  await go(welcome, () => stand.press(owner, welcome, 'Skip'), /Step 2/)
  await go(welcome, () => stand.press(owner, welcome, 'Only who manages messages'), /Step 3/)
  await stand.untilShown(member, 'label', { isShown: false })
})

test('it speaks the server’s language, and goes on in the one that was chosen', async () => {
  const { stand } = world
  const { welcome, owner } = await join('猫', { locale: 'ja' })
  assert.match(welcome.text, /はじめまして/)
  await go(welcome, () => stand.press(owner, welcome, 'English'), /Step 2 of 3/)
  const asked = stand.command(owner, 'setup')
  await stand.textOf(asked, /Step 1 of 3/)
  const again = asked.message!
  assert.equal(again.flags & EPHEMERAL, EPHEMERAL)
  await go(again, () => stand.press(owner, again, '日本語'), /2\/3　誰が/)
  await go(again, () => stand.press(owner, again, '全員'), /3\/3　見守る/)
  await go(again, () => stand.press(owner, again, '見守らない'), /設定が終わりました。[\s\S]*全員です/)
  const form = await stand.answerTo(stand.press(owner, again, '最初の画像を登録する'))
  assert.equal(form.type, 9)
})

test('it is sent where the bot may write, once', async () => {
  const { stand, bots, start } = world
  const { guild } = await join('quiet', { quiet: true })
  await bots.at(-1)!.stop()
  await start()
  await stand.textOf(stand.command({ guild, user: guild.owner, permissions: MANAGES_SERVER }, 'settings'))
  assert.equal(inChannel(guild.channels[0]!.id).length, 1)
})

test('the button of welcomes from before watches its channel still', async () => {
  const { stand } = world
  const { guild, owner } = await join('old')
  const channel = guild.channels[1]!
  const custom_id = `do|${JSON.stringify(['settings', { watch: channel.id }])}`
  const message = stand.sentBefore(channel, [{ type: 2, custom_id, label: 'Watch this channel' }])
  const pressed = stand.press(owner, message, 'Watch this channel')
  assert.match(await stand.textOf(pressed), new RegExp(`<#${channel.id}>`))
})

test('settings are changed where they are shown, in the words of the language', async () => {
  const { stand } = world
  const { guild, owner } = await join('tiles')
  for (const [locale, list, entry, expected] of [
    ['en-US', /^Training/, /by hand/, /by hand/],
    ['ja', /^学習/, /手動/, /手動|手で/],
  ] as const) {
    const who = { ...owner, locale }
    const shown = stand.command(who, 'settings')
    await stand.textOf(shown)
    const card = shown.message!
    assert.equal(card.flags & EPHEMERAL, EPHEMERAL)
    const [first, second] = guild.channels
    const [watch, added] = locale === 'ja' ? [second!, '見守る'] : [first!, 'Watched']
    await go(card, () => stand.pick(who, card, /channel|チャンネルを選ぶ/, watch.id), new RegExp(`<#${watch.id}>`))
    assert.match(card.text, new RegExp(added))
    await go(card, () => stand.choose(who, card, list, entry), expected)
    assert.match(card.text, new RegExp(`<#${watch.id}>`), 'all of them are shown')
    await stand.textOf(stand.command(who, 'settings', { retraining: 'at-once' }))
  }
})
