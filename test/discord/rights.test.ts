// Who is shown what, and who sees that somebody may not: hidden by Discord, refused in private by the bot, in both languages.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Guild, MANAGES_SERVER, type Message } from '../support/discord/entities.ts'
import type { Interaction, Who } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

const EPHEMERAL = 64
/** A command of each access, with what refuses it in both languages. */
const BY_ACCESS = {
  teacher: ['label', /Only teachers/, /登録担当/],
  trainer: ['train', /Only trainers/, /学習担当/],
  reviewer: ['review', /Only reviewers/, /見直し担当/],
  manager: ['settings', /Only server managers/, /管理者/],
} as const
type Access = keyof typeof BY_ACCESS
const ACCESSES = Object.keys(BY_ACCESS) as Access[]

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

/** Everything that came of it is seen by the one who asked alone, and nothing was seen by others before. */
function assertPrivate(from: Interaction, what: string): void {
  const seen = [from.message, ...from.followUps].filter((m): m is Message => m !== undefined && m !== from.below)
  assert.ok(seen.length > 0, what)
  for (const { flags, text } of seen) assert.equal(flags & EPHEMERAL, EPHEMERAL, `${what}: ${text}`)
}
const ofServer = (guild: Guild) => new Map(world.stand.registered.of(guild).map((c) => [c.name, c]))
const permissionsOf = (guild: Guild, name: string) => ofServer(guild).get(name)?.default_member_permissions

test('Discord hides what takes a right, and shows everybody the rest', () => {
  const { stand, people } = world
  for (const access of ACCESSES) {
    const [name] = BY_ACCESS[access]
    assert.ok(!stand.isShown(people.member, name), name)
    assert.ok(stand.isShown(people.manager, name), name)
    assert.equal(stand.isShown(people.teacher, name), access !== 'manager', name)
  }
  for (const name of ['predict', 'labels', 'help', 'forget', 'privacy', 'export'])
    assert.ok(stand.isShown(people.member, name), name)
  assert.ok(stand.isShown(people.member, 'What is this?', 3))
  assert.ok(!stand.isShown(people.owner, 'Label this picture', 3), 'posts are not learned from here')
})

test('where managers showed a command to everybody, it is refused in private, before anybody sees that it was asked', async () => {
  const { stand, guild, people } = world
  stand.registered.openToEverybody(guild, ...ACCESSES.map((access) => BY_ACCESS[access][0]))
  for (const access of ACCESSES) {
    const [name, english, japanese] = BY_ACCESS[access]
    const options = name === 'label' ? { label: 'x' } : {}
    for (const [locale, refusal] of [
      ['en-US', english],
      ['ja', japanese],
    ] as const) {
      const refused = stand.command({ ...people.member, locale }, name, options)
      assert.match(await stand.textOf(refused), refusal)
      assert.equal(refused.type, 4, 'at once, without “is thinking”')
      assertPrivate(refused, name)
    }
  }
})

test('buttons of others’ answers are refused in private, and leave the answer as it is', async () => {
  const { stand, people, pictures } = world
  const added = stand.command(people.teacher, 'label', { label: 'Akari' }, await pictures('Akari', 0, 2))
  await stand.textOf(added, /Added/)
  const { guild } = people.member
  const custom_id = `do|${JSON.stringify(['decide', { example: 1, decision: 'keep' }])}`
  const message = stand.sentBefore(guild.channels[0]!, [{ type: 2, custom_id, label: 'Keep' }])
  const before = message.text
  const pressed = stand.press(people.member, message, 'Keep')
  assert.match(await stand.textOf(pressed), /Only reviewers/)
  assertPrivate(pressed, 'Keep')
  assert.equal(message.text, before)
})

test('what somebody got wrong is said to them alone, also where everybody would have seen the answer', async () => {
  const { stand, people, pictures } = world
  const tooLong = stand.command(people.teacher, 'label', { label: '\u200b' }, await pictures('Akari', 2, 3))
  assert.match(await stand.textOf(tooLong), /A label/)
  assertPrivate(tooLong, 'a label that is none')
  const nothing = stand.menu(people.member, 'What is this?', stand.post(people.owner, 'words'))
  assert.match(await stand.textOf(nothing), /no picture/i)
  assertPrivate(nothing, 'no picture')
})

test('who asks too often is told so in private', async () => {
  const { stand, people } = world
  const asked = Array.from({ length: 45 }, () => stand.command(people.member, 'privacy'))
  await Promise.all(asked.map((one) => stand.textOf(one)))
  const refused = asked.filter(({ message }) => /Please wait/.test(message?.text ?? ''))
  assert.ok(refused.length >= 5)
  for (const one of refused) assertPrivate(one, 'cooldown')
})

test('housekeeping is private, what everybody should see is not', async () => {
  const { stand, people, pictures } = world
  for (const name of ['settings', 'audit', 'stats', 'versions', 'labels', 'suspects', 'review']) {
    const asked = stand.command(people.manager, name)
    await stand.textOf(asked)
    assertPrivate(asked, name)
  }
  const added = stand.command(people.teacher, 'label', { label: 'Botan' }, await pictures('Botan', 0, 1))
  await stand.textOf(added, /Added/)
  assert.equal(added.message!.flags & EPHEMERAL, 0)
})

for (const access of ACCESSES)
  test(`a role that has the access of a ${access} is shown its commands; taken away, they are hidden again`, async () => {
    const { stand } = world
    const guild = stand.addGuild(`for ${access}`)
    const [name] = BY_ACCESS[access]
    const owner: Who = { guild, user: guild.owner, permissions: MANAGES_SERVER }
    const holder: Who = { guild, user: stand.addUser(`holder of ${access}`, guild, 'teachers') }
    await until(
      () => ofServer(guild).size > 0,
      () => 'nothing registered',
    )
    assert.ok(!stand.isShown(holder, name))
    const ids = new Map([...ofServer(guild)].map(([command, { id }]) => [command, id]))
    await stand.textOf(stand.command(owner, 'settings', { [access]: guild.roles[1]!.id }))
    await stand.untilShown(holder, name)
    const restricted = ACCESSES.map((a) => [a, permissionsOf(guild, BY_ACCESS[a][0])] as const)
    for (const [a, permissions] of restricted)
      assert.equal(permissions === null, a === access || access === 'manager', `${a}: ${permissions}`)
    for (const [command, { id }] of ofServer(guild)) assert.equal(id, ids.get(command), 'links to it stay')
    assert.notEqual(permissionsOf(world.guild, name), null, 'other servers stay as they are')
    await stand.textOf(stand.command(owner, 'settings', { 'no-roles': true }))
    await stand.untilShown(holder, name, { isShown: false })
    assert.ok(stand.registered.times(guild) <= 3)
  })

test('“Label this picture” is offered where posts are learned from, and only there', async () => {
  const { stand, guild, people } = world
  const menu = ['Label this picture', { type: 3 }] as const
  const set = async (on: boolean) => stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': on }))
  await set(true)
  await stand.untilShown(people.teacher, ...menu)
  assert.ok(!stand.isShown(people.member, menu[0], 3))
  await set(false)
  await stand.untilShown(people.teacher, menu[0], { type: 3, isShown: false })
  assert.ok(!ofServer(guild).has(menu[0]))
})

/** Another process on the same database gives the role of teachers the right to teach, or takes it. */
function changeElsewhere(role: string | undefined): void {
  const script = `
    import { openApp } from ${JSON.stringify(new URL('../../src/app.ts', import.meta.url))}
    import { changeSettings } from ${JSON.stringify(new URL('../../src/services/settings.ts', import.meta.url))}
    const app = await openApp(${JSON.stringify(world.home)})
    await changeSettings(app.db, { server: '${world.guild.id}', by: 'elsewhere', detail: {} }, ({ roles }) => {
      ${role ? `roles.teacher = '${role}'` : 'delete roles.teacher'}
    })
    await app.close()`
  const file = join(world.root, 'elsewhere.mjs')
  writeFileSync(file, script)
  const { status, stderr } = spawnSync(process.execPath, [file])
  assert.equal(status, 0, String(stderr))
}

test('another process changes settings: who may what follows, in the bot and in Discord', async () => {
  const { stand, guild, pictures } = world
  const role = guild.roles[1]!
  const holder: Who = { guild, user: stand.addUser('holder', guild, role.name) }
  stand.registered.openToEverybody(guild, 'label')
  const add = async (k: number) =>
    stand.command(holder, 'label', { label: 'Elsewhere' }, await pictures('Daigo', k, k + 1))
  assert.match(await stand.textOf(await add(0)), /Only teachers/)
  changeElsewhere(role.id)
  const added = await add(1)
  assert.match(await stand.textOf(added), /Added/)
  assert.equal(added.message!.flags & EPHEMERAL, 0)
  await until(
    () => permissionsOf(guild, 'label') === null,
    () => 'still hidden',
  )
  changeElsewhere(undefined)
  await until(
    () => permissionsOf(guild, 'label') !== null,
    () => 'still shown',
  )
  const refused = await add(2)
  assert.match(await stand.textOf(refused), /Only teachers/)
  assertPrivate(refused, 'label')
})

test('a server whose commands Discord does not take stops nothing, and is tried again', async () => {
  const { stand, bots } = world
  stand.faults.push({ path: /^PUT .*\/guilds\/\d+\/commands$/, times: 1, status: 403 })
  const guild = stand.addGuild('refused')
  const isLogged = () => bots.at(-1)!.logs.some((l) => l.server === guild.id && /tried again/.test(String(l.msg)))
  await until(isLogged, () => bots.at(-1)!.text())
  assert.equal(stand.registered.times(guild), 0)
  const custom_id = `do|${JSON.stringify(['settings', { caution: 'high' }])}`
  const message = stand.sentBefore(guild.channels[0]!, [{ type: 2, custom_id, label: 'Set' }])
  const owner: Who = { guild, user: guild.owner, permissions: MANAGES_SERVER }
  await stand.textOf(stand.press(owner, message, 'Set'))
  await until(
    () => stand.registered.times(guild) === 1,
    () => 'not tried again',
  )
})

test('after a restart nothing is registered again', async () => {
  const { stand, guild, bots, start } = world
  const times = stand.registered.times(guild)
  await bots[0]!.stop()
  await start()
  assert.equal(stand.registered.times(guild), times)
})
