// Managing a server: settings, roles, versions, the log, people's own data, languages, and that servers stay apart.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { unzipSync } from 'fflate'
import { MANAGES_SERVER } from '../support/discord/entities.ts'
import { readPages, turn } from '../support/discord/read-pages.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  // So that it is the bot that refuses.
  world.stand.registered.openToEverybody(world.guild, 'settings', 'stats', 'audit', 'label')
  await world.runTrainingJob(world.people.teacher, ['Akari', 'Botan'], 5)
})
after(async () => assert.deepEqual(await world.close(), []))

test('settings are seen and changed by managers, and kept', async () => {
  const { stand, guild, people } = world
  const [general] = guild.channels
  assert.match(await stand.textOf(stand.command(people.member, 'settings')), /Only server managers can do that/)
  assert.match(await stand.textOf(stand.command(people.teacher, 'settings')), /Only server managers can do that/)
  const change = (options: object, who = people.manager) =>
    stand.textOf(stand.command(who, 'settings', options as Record<string, unknown>))
  assert.match(await change({}), /\*\*Watched channels\*\* · none/)
  assert.match(
    await change({ watch: general!.id, confidence: 60, retraining: 'after', every: 30 }),
    /after 30 new pictures/,
  )
  assert.match(await change({ retraining: 'schedule', schedule: '15 3 * * *' }), /`15 3 \* \* \*`/)
  assert.match(await change({ schedule: 'sometimes' }), /can’t read that schedule/)
  assert.match(await change({ 'learn-from-posts': true }), /Only the owner of this server can do that/)
  assert.match(await change({ 'learn-from-posts': true }, people.owner), /Posted pictures may be added/)
  await change({ language: 'ja' })
  assert.match(await change({}), new RegExp(`見守るチャンネル\\*\\* · <#${general!.id}>`))
  assert.match(
    await change({ language: 'auto', 'learn-from-posts': false, unwatch: general!.id }, people.owner),
    /no longer learn from posted/,
  )
})

test('a role makes a teacher', async () => {
  const { stand, guild, people, pictures } = world
  const role = guild.roles[1]!
  const apprentice = { guild, user: stand.addUser('apprentice', guild) }
  guild.members.at(-1)!.roles.push(role.id)
  const add = async () =>
    stand.textOf(stand.command(apprentice, 'label', { label: 'Akari' }, await pictures('Akari', 60, 61)))
  assert.match(await add(), /Only teachers can do that/)
  await stand.textOf(stand.command(people.manager, 'settings', { teacher: role.id }), /\(teacher\)/)
  assert.match(await add(), /Added 1 picture/)
})

test('versions are listed, and another one is activated with a choice', async () => {
  const { stand, people } = world
  await stand.textOf(stand.command(people.teacher, 'train'), /Learned/)
  const listed = stand.command(people.manager, 'versions')
  await stand.textOf(listed)
  const chosen = stand.choose(people.manager, listed.message!, /another version/, /^1$/)
  assert.match(await stand.textOf(chosen), /Version 1 is now active instead of version 2/)
  assert.match(
    await stand.textOf(stand.choose(people.member, listed.message!, /another version/, /^1$/)),
    /Only server managers can do that/,
  )
  assert.match(await stand.textOf(stand.command(people.manager, 'rollback')), /Nothing to roll back to/)
  assert.match(
    await stand.textOf(stand.command(people.manager, 'rollback', { version: '2' })),
    /Version 2 is now active/,
  )
  const offered = await stand.answerTo(stand.suggest(people.manager, 'rollback', 'version', ''))
  assert.equal((offered.data!.choices as object[]).length, 2)
})

test('statistics are for managers', async () => {
  const { stand, people } = world
  const asked = stand.command(people.manager, 'stats')
  const pages = await readPages(stand, people.manager, asked)
  const text = pages.map((page) => page.text).join('\n')
  const drawn = pages.flatMap((page) => page.attachments.map((a) => a.filename))
  assert.deepEqual(drawn.toSorted(), ['accuracy.webp', 'confusion.webp', 'examples.webp'])
  for (const part of [
    /right \*\*\d+ %/,
    /Akari\*\* · \d/,
    /Active version · 2 \(2 versions kept\)/,
    /Stored · \d+ pictures/,
  ])
    assert.match(text, part)
  assert.match(await stand.textOf(stand.command(people.member, 'stats')), /Only server managers can see statistics\./)
})

test('every change is in the log, with who did it', async () => {
  const { stand, people } = world
  const all = stand.command(people.manager, 'audit')
  const text = await stand.textOf(all)
  assert.match(text, new RegExp(`<@${people.manager.user.id}> activated version`))
  assert.match(text, /changed the settings/)
  const added = stand.command(people.manager, 'audit', { person: people.teacher.user.id })
  assert.match(await stand.textOf(added), /added `#\d+` to|trained/)
  await turn(stand, people.manager, all.message!)
  assert.match(all.message!.text, new RegExp(`<@${people.teacher.user.id}> added`))
  assert.match(
    await stand.textOf(stand.command(people.member, 'audit')),
    /Only server managers can see who changed what\./,
  )
})

test('what a teacher added is withdrawn together, and put back', async () => {
  const { stand, guild, people, pictures } = world
  const vandal = { guild, user: stand.addUser('vandal', guild, 'moderators') }
  await stand.textOf(stand.command(vandal, 'label', { label: 'Akari' }, await pictures('Juri', 0, 4)))
  const counts = () => stand.textOf(stand.command(people.member, 'labels'))
  const before = await counts()
  const asked = stand.command(people.manager, 'withdraw', { teacher: vandal.user.id })
  assert.match(await stand.textOf(asked), /Leave out all 4 pictures that <@\d+> added\?/)
  assert.equal(await counts(), before)
  const confirmed = stand.press(people.manager, asked.message!, 'Withdraw')
  assert.match(await stand.textOf(confirmed, /Withdrew/), /Withdrew 4 pictures that <@\d+> added/)
  assert.notEqual(await counts(), before)
  const back = stand.press(people.manager, confirmed.message!, 'Put back')
  assert.match(await stand.textOf(back, /Put back/), /Put back 4 pictures/)
  assert.equal(await counts(), before)
})

test('people get what is kept of them, and have it deleted', async () => {
  const { stand, guild, people, pictures } = world
  const guest = { guild, user: stand.addUser('guest', guild, 'moderators') }
  const files = await pictures('Goro', 0, 3)
  await stand.textOf(stand.command(guest, 'label', { label: '五郎' }, files))
  const data = stand.command(guest, 'export')
  assert.match(await stand.textOf(data), /Everything I have stored about you here: 3 pictures and 3 changes/)
  assert.equal(data.message!.flags & 64, 64)
  const zip = data.message!.attachments.find((a) => a.filename.endsWith('.zip'))!
  const entries = unzipSync(new Uint8Array(await (await fetch(zip.url)).arrayBuffer()))
  assert.equal(Object.keys(entries).length, 3)
  assert.ok(Object.keys(entries).every((path) => path.startsWith('main/五郎/')))

  assert.match(await stand.textOf(stand.command(people.member, 'forget', {}, [files[0]!])), /Deleted 0 pictures/)
  assert.match(await stand.textOf(stand.command(guest, 'forget', {}, [files[0]!])), /Deleted 1 picture\./)
  const asked = stand.command(guest, 'forget')
  assert.match(await stand.textOf(asked), /Delete 2 pictures that you’ve added here/)
  assert.match(await stand.textOf(stand.press(guest, asked.message!, 'Delete all my data')), /Deleted 2 pictures/)
  assert.doesNotMatch(await stand.textOf(stand.command(people.member, 'labels')), /五郎/)
  const log = await stand.textOf(stand.command(people.manager, 'audit'))
  assert.doesNotMatch(log, new RegExp(guest.user.id))
  assert.match(await stand.textOf(stand.command(guest, 'privacy')), /What I don’t store/)
})

test('each channel may have a dataset of its own', async () => {
  const { stand, guild, people, pictures } = world
  const channel = guild.channels[1]!
  await stand.textOf(stand.command(people.manager, 'settings', { dataset: 'birds', for: channel.id }), /birds/)
  await stand.textOf(
    stand.command({ ...people.teacher, channel }, 'label', { label: 'Owl' }, await pictures('Mio', 0, 1)),
  )
  assert.match(
    await stand.textOf(stand.command({ ...people.member, channel }, 'labels')),
    /^[^\n]+\n\*\*Owl\*\* · 1[^\n]*$/,
  )
  assert.doesNotMatch(await stand.textOf(stand.command(people.member, 'labels')), /Owl/)
  const asked = stand.command({ ...people.member, channel }, 'predict', {}, await pictures('Mio', 1, 2))
  assert.match(await stand.textOf(asked), /haven’t been trained yet/)
})

test('nothing of one server is seen in another', async () => {
  const { stand, people, pictures } = world
  const other = stand.addGuild('dogs', { locale: 'ja' })
  const who = { guild: other, user: stand.addUser('other', other, 'managers'), locale: 'ja' }
  const both = { guild: other, user: people.teacher.user, permissions: MANAGES_SERVER }
  assert.match(await stand.textOf(stand.command(who, 'labels')), /ラベルはまだありません/)
  assert.match(
    await stand.textOf(stand.command(who, 'predict', {}, await pictures('Akari', 50, 51))),
    /まだ学習していません/,
  )
  assert.match(await stand.textOf(stand.command(who, 'audit')), /まだ何も変更されていません/)
  assert.match(await stand.textOf(stand.command(both, 'export')), /I have nothing stored about you here/)
  assert.match(await stand.textOf(stand.command(both, 'forget')), /Delete 0 pictures that you’ve added here/)
  // A button of one server's message, pressed from another.
  const asked = stand.command(people.member, 'predict', {}, await pictures('Akari', 51, 52))
  await stand.textOf(asked)
  assert.match(await stand.textOf(stand.press(both, asked.message!, 'Right')), /too old or belongs to another dataset/)
})
