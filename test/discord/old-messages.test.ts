// Messages stay in Discord for years: buttons, lists and forms as version 0.1 wrote them still do what they did.
// The custom ids and the rows of the database here are literal, as commit 9d44b9a wrote them.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import type { Attachment, Channel, Component } from '../support/discord/entities.ts'
import type { Interaction } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'

const LABELS = ['Akari', 'Botan']
const ROLE_NAMED_ADMIN = 'teachers'

let world: World
let database: SQLite.Database
before(async () => {
  world = await openWorld()
  const { guild, home, people, stand } = world
  await world.start()
  // So that it is the bot that refuses.
  stand.registered.openToEverybody(guild, 'settings')
  database = new SQLite(join(home, 'mekiki.sqlite'))
  const byHand = stand.command(people.manager, 'settings', { retraining: 'by-hand' })
  await stand.textOf(byHand, /by hand/)
  await world.runTrainingJob(people.teacher, LABELS, 6)
  assert.ok(guild.roles.some((role) => role.name === ROLE_NAMED_ADMIN))
})
after(async () => {
  database.close()
  assert.deepEqual(await world.close(), [])
})

// — as version 0.1 wrote them —

const button = (custom_id: string): Component => ({ type: 2, custom_id, label: 'pressed' })
const list = (custom_id: string, value: string): Component => ({
  type: 3,
  custom_id,
  placeholder: 'list',
  options: [{ label: 'entry', value }],
})
const form = (custom_id: string, hasUpload = false): Pick<Interaction, 'data'> => {
  const fields = [{ custom_id: 'label', type: 4 }, ...(hasUpload ? [{ custom_id: 'pictures', type: 19 }] : [])]
  return { data: { custom_id, components: fields.map((component) => ({ component })) } }
}

function store(key: string, value: object): void {
  const expires = Date.now() + 3600_000
  database
    .prepare('insert into expiring (key, value, expires_at) values (?, ?, ?)')
    .run(key, JSON.stringify({ value, expires }), expires)
}

// — what people do —

type Who = World['people']['member'] & { permissions?: bigint }

const channel = (): Channel => {
  const [general] = world.guild.channels
  assert.ok(general)
  return general
}
const press = (who: Who, customId: string): Interaction =>
  world.stand.press(who, world.stand.sentBefore(channel(), [button(customId)]), 'pressed')
const choose = (who: Who, customId: string, value: string): Interaction =>
  world.stand.choose(who, world.stand.sentBefore(channel(), [list(customId, value)]), 'list', 'entry')
const textOf = (from: Interaction, what?: RegExp): Promise<string> => world.stand.textOf(from, what)

const countOf = (label: string): number =>
  database
    .prepare<[string], { n: number }>(
      "select count(*) n from examples e join labels l on l.id = e.label where l.name = ? and e.state = 'kept'",
    )
    .get(label)?.n ?? 0
const examplesOf = (label: string): number[] =>
  database
    .prepare<[string], { id: number }>(
      'select e.id from examples e join labels l on l.id = e.label where l.name = ? order by e.id',
    )
    .all(label)
    .map(({ id }) => id)

async function add(who: Who, label: string, files: Attachment[]): Promise<number[]> {
  await textOf(world.stand.command(who, 'label', { label }, files), /Added/)
  return examplesOf(label)
}

/** An answer that somebody got, by the id that its buttons carry. */
async function predict(): Promise<string> {
  const { people, pictures, stand } = world
  const asked = stand.command(people.member, 'predict', {}, await pictures('Akari', 40, 41))
  await textOf(asked, / %/)
  const [, prediction] =
    /"prediction":"([^"]+)"/.exec(JSON.stringify(asked.message?.components).replaceAll('\\', '')) ?? []
  assert.ok(prediction)
  return prediction
}

/** Pictures under a label of their own that may be decided about. */
async function addSome(label: string, from: number, to: number): Promise<[number, ...number[]]> {
  const [first, ...others] = await add(world.people.teacher, label, await world.pictures('Chika', from, to))
  assert.ok(first)
  return [first, ...others]
}

test('undo: by the ids in the button, and by those that were stored because they are too long', async () => {
  const { people } = world
  const some = await addSome('Undone', 0, 2)
  assert.match(
    await textOf(press(people.teacher, `do|["undo",{"examples":"${some.join(',')}"}]`)),
    /removed 2 pictures/,
  )
  const others = await addSome('Undone', 0, 3)
  const key = randomUUID()
  store(`deed:${key}`, { verb: 'undo', options: { examples: others.join(',') } })
  assert.match(await textOf(press(people.teacher, `do|~${key}`)), /removed 3 pictures/)
  assert.equal(countOf('Undone'), 0)
})

test('right and wrong, in a button, in a list of several answers, with the right label from a list or a form', async () => {
  const { people, stand } = world
  const prediction = await predict()
  const judge = (right: boolean) => `do|["judge",{"prediction":"${prediction}","right":${right}}]`
  assert.match(await textOf(press(people.member, judge(true))), /Noted as right/)
  assert.match(await textOf(choose(people.member, 'any|right', judge(true))), /Noted as right/)
  const wrong = press(people.member, judge(false))
  assert.match(await textOf(wrong), /What is it really\?/)
  assert.equal((wrong.message?.flags ?? 0) & 64, 64)
  const open = `["judge",{"prediction":"${prediction}","right":false},"truth"]`
  assert.match(await textOf(choose(people.member, `pick|${open}`, 'Botan')), /Noted as \*\*Botan\*\*/)
  const asked = await stand.answerTo(press(people.member, `ask|${open}`))
  assert.equal(asked.type, 9)
  assert.match(await textOf(stand.submit(people.member, asked, 'Emi')), /Noted as \*\*Emi\*\*/)
  // The form itself was open while the bot was updated.
  assert.match(await textOf(stand.submit(people.member, form(`do|${open}`), 'Fuyu')), /Noted as \*\*Fuyu\*\*/)
})

test('why', async () => {
  const { people } = world
  const prediction = await predict()
  const id = `do|["why",{"prediction":"${prediction}"}]`
  assert.match(await textOf(press(people.member, id)), /looks most like/)
  assert.match(await textOf(choose(people.member, 'any|why', id)), /looks most like/)
})

test('train, review, and versions by a button and from a list', async () => {
  const { people } = world
  assert.match(await textOf(press(people.teacher, 'do|["train",{}]'), /Learned/), /Learned/)
  assert.match(await textOf(press(people.teacher, 'do|["review",{}]')), /Is this really|Nothing left to review/)
  assert.match(await textOf(press(people.manager, 'do|["rollback",{"version":"1"}]')), /Version 1 is now active/)
  assert.match(await textOf(choose(people.manager, 'pick|["rollback",{},"version"]', '2')), /Version 2 is now active/)
})

test('decisions of a review: keep, move, exclude, skip, undo, and another label from a list', async () => {
  const { people } = world
  const [first, second, third, fourth, fifth] = await addSome('Reviewed', 10, 15)
  // Others are asked about first.
  await addSome('Moved', 15, 16)
  const decide = (options: object) => press(people.teacher, `do|${JSON.stringify(['decide', options])}`)
  assert.match(await textOf(decide({ example: first, decision: 'keep' })), /Kept\./)
  assert.match(await textOf(decide({ example: second, decision: 'move', label: 'Moved' })), /Moved\./)
  assert.match(await textOf(decide({ example: third, decision: 'exclude' })), /Excluded\./)
  assert.equal(countOf('Reviewed'), 3)
  assert.match(await textOf(decide({ example: 0, decision: 'undo' })), /Undone/)
  assert.equal(countOf('Reviewed'), 4)
  assert.match(await textOf(decide({ example: fourth, decision: 'skip' })), /Skipped\./)
  const another = `pick|["decide",{"example":${fourth},"decision":"move"},"label"]`
  assert.match(await textOf(choose(people.teacher, another, 'Moved')), /Moved\./)
  assert.equal(countOf('Moved'), 3)
  const long = 'a label that is so long that it does not fit into the custom id of a button, and is stored instead'
  await addSome(long, 16, 17)
  const key = randomUUID()
  store(`deed:${key}`, { verb: 'decide', options: { example: fifth, decision: 'move', label: long } })
  assert.match(await textOf(press(people.teacher, `do|~${key}`)), /Moved\./)
  assert.equal(countOf(long), 2)
})

test('older changes, of everybody and of one person', async () => {
  const { people } = world
  const mine = people.teacher.user.id
  assert.match(await textOf(press(people.manager, 'do|["audit",{"before":3}]')), /added|changed settings/)
  const one = await textOf(press(people.manager, `do|["audit",{"before":3,"person":"${mine}"}]`))
  assert.match(one, new RegExp(`<@${mine}> added`))
  assert.doesNotMatch(one, new RegExp(`<@${people.manager.user.id}>`))
})

test('withdraw, and put back', async () => {
  const { guild, people, pictures, stand } = world
  const helper = { ...people.teacher, user: stand.addUser('helper', guild, 'moderators') }
  await add(helper, 'Withdrawn', await pictures('Daigo', 0, 2))
  const options = (more = '') => `do|["withdraw",{"teacher":"${helper.user.id}"${more}}]`
  const asked = press(people.manager, options())
  await textOf(asked, /Leave out all 2 pictures/)
  assert.equal(countOf('Withdrawn'), 2)
  assert.ok(asked.message)
  await textOf(stand.press(people.manager, asked.message, 'Withdraw'), /Withdrew 2 pictures/)
  assert.equal(countOf('Withdrawn'), 0)
  assert.match(await textOf(press(people.manager, options(',"restore":true')), /Put back/), /Put back 2 pictures/)
  assert.equal(countOf('Withdrawn'), 2)
})

test('forget everything', async () => {
  const { guild, people, pictures, stand } = world
  const guest = { ...people.teacher, user: stand.addUser('guest', guild, 'moderators') }
  await add(guest, 'Guest', await pictures('Daigo', 10, 12))
  assert.match(await textOf(press(guest, 'do|["forget",{"all":true}]')), /Deleted 2 pictures/)
  assert.equal(countOf('Guest'), 0)
})

test('the button of the welcome watches its channel', async () => {
  const { people } = world
  const { id } = channel()
  const pressed = press(people.manager, `do|["settings",{"watch":"${id}"}]`)
  assert.match(await textOf(pressed), new RegExp(`answer pictures in <#${id}>`))
  await textOf(world.stand.command(people.manager, 'settings', { unwatch: id }))
})

test('the form of /label adds its uploads', async () => {
  const { people, pictures, stand } = world
  const submitted = stand.submit(people.teacher, form('do|["label",{}]', true), 'Form', await pictures('Goro', 0, 2))
  assert.match(await textOf(submitted), /Added 2 pictures to \*\*Form\*\*/)
})

test('“Label this picture”: its form, and the poster’s yes and no', async () => {
  const { guild, people, pictures, stand } = world
  await textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /Posted pictures may be added/)
  const { id } = channel()
  const postOf = (poster: string, [file]: Attachment[]) => {
    assert.ok(file)
    return { poster, channel: id, parent: null, uploads: [{ name: file.filename, url: file.url, size: file.size }] }
  }
  const key = randomUUID()
  store(`post:${key}`, postOf(people.teacher.user.id, await pictures('Hana', 0, 1)))
  const own = stand.submit(people.teacher, form(`do|["label-post",{"key":"${key}"}]`), 'Posted')
  assert.match(await textOf(own), /Added 1 picture to \*\*Posted\*\*/)

  const teacher = {
    id: people.teacher.user.id,
    roles: [],
    managesMessages: true,
    managesServer: false,
    ownsServer: false,
  }
  const asked = async (answer: 'yes' | 'no', k: number): Promise<Interaction> => {
    const key = randomUUID()
    const post = postOf(people.member.user.id, await pictures('Hana', k, k + 1))
    store(`asked:${key}`, { ...post, label: 'Posted', teacher, server: guild.id })
    return press(people.member, `${answer}|${key}`)
  }
  await textOf(await asked('no', 1), /nothing was stored/)
  assert.equal(countOf('Posted'), 1)
  await textOf(await asked('yes', 2), /Added to \*\*Posted\*\*/)
  assert.equal(countOf('Posted'), 2)
})

test('a button that means nothing, or whose stored action is gone, says that it is too old', async () => {
  const { people } = world
  for (const id of ['do|~gone', 'do|["no-such-command",{}]', 'do|[', 'do', 'other|["train",{}]'])
    assert.match(await textOf(press(people.teacher, id)), /too old/, id)
})

test('a role that was stored as `admin` manages, and the other roles of the server stay', async () => {
  const { guild, people, stand } = world
  const [role] = guild.roles.filter(({ name }) => name === ROLE_NAMED_ADMIN)
  assert.ok(role)
  const { settings } = database
    .prepare<[string], { settings: string }>('select settings from servers where id = ?')
    .get(guild.id) ?? { settings: '{}' }
  const roles = { admin: role.id, reviewer: role.id }
  database
    .prepare('update servers set settings = ? where id = ?')
    .run(JSON.stringify({ ...JSON.parse(settings), roles }), guild.id)
  const chosen = { guild, user: stand.addUser('chosen', guild) }
  assert.match(await textOf(stand.command(chosen, 'settings')), /Only server managers can do that/)
  guild.members.find(({ user }) => user.id === chosen.user.id)?.roles.push(role.id)
  const shown = await textOf(stand.command(chosen, 'settings'))
  assert.match(shown, new RegExp(`<@&${role.id}> \\(reviewer\\)`))
  assert.match(shown, new RegExp(`<@&${role.id}> \\(manager\\)`))
  assert.match(await textOf(stand.command(people.member, 'settings')), /Only server managers can do that/)
})
