// What is kept of people: they get it and have it deleted, on one server or, in a direct message, on every one.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { unzipSync } from 'fflate'
import type { Guild, Message, User } from '../support/discord/entities.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

let world: World
before(async () => {
  world = await openWorld()
  const bot = await world.start()
  // What a start writes is written before anything is counted.
  await until(
    () => bot.logs.some((line) => line.msg === 'servers checked'),
    () => bot.text(),
  )
})
after(async () => assert.deepEqual(await world.close(), []))

/** What a query finds in the bot's database. */
function query<T>(sql: string, ...values: unknown[]): T[] {
  const database = new SQLite(join(world.home, 'mekiki.sqlite'), { readonly: true })
  try {
    return database.prepare<unknown[], T>(sql).all(...values)
  } finally {
    database.close()
  }
}

/** Everything in the database that names somebody, by table. */
function rowsThatName(user: User): string[] {
  const tables = query<{ name: string }>(
    `select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name <> 'kysely_migration'`,
  )
  return tables.flatMap(({ name }) =>
    query<Record<string, unknown>>(`select * from ${name}`)
      .map((row) => `${name}: ${JSON.stringify(row, (key, value) => (key === 'data' ? undefined : value))}`)
      .filter((row) => row.includes(user.id)),
  )
}

async function download(message: Message | undefined, end: string): Promise<Uint8Array> {
  const file = message?.attachments.find((a) => a.filename.endsWith(end))
  assert.ok(file, `a file *${end}`)
  return new Uint8Array(await (await fetch(file.url)).arrayBuffer())
}

async function add(guild: Guild, user: User, [label, from]: [string, number]): Promise<void> {
  const { pictures, stand } = world
  const files = await pictures(label, from, from + 2)
  await stand.textOf(stand.command({ guild, user }, 'label', { label }, files), /Added 2 pictures/)
}

test('in a direct message, export and forget are about every server, left ones included', async () => {
  const { guild, pictures, stand } = world
  const [left, removed] = [stand.addGuild('left'), stand.addGuild('removed')]
  const guest = stand.addUser('guest', guild, 'moderators')
  for (const other of [left, removed]) {
    const moderators = other.roles.find((role) => role.name === 'moderators')
    other.members.push({ user: guest, roles: [moderators?.id ?? ''] })
  }
  await add(guild, guest, ['Akari', 0])
  await add(left, guest, ['Botan', 0])
  await add(removed, guest, ['Chika', 0])
  // They are no longer a member of one, and the bot no longer in the other.
  left.members.splice(0, left.members.length, ...left.members.filter(({ user }) => user.id !== guest.id))
  stand.gateway.send('GUILD_MEMBER_REMOVE', { guild_id: left.id, user: guest })
  stand.removeGuild(removed)
  for (const name of ['export', 'forget', 'help', 'privacy'])
    assert.deepEqual(stand.commands.find((c) => c.name === name)?.contexts, [0, 1], name)

  const here = stand.command({ guild, user: guest }, 'export')
  assert.match(await stand.textOf(here), /stored about you here: 2 pictures/)
  const asked = stand.command({ user: guest }, 'export')
  assert.match(await stand.textOf(asked), /stored about you on all servers: 6 pictures and 6 changes/)
  const paths = Object.keys(unzipSync(await download(asked.message, '.zip'))).map((path) => path.split('/'))
  assert.deepEqual(
    paths.map(([server]) => server),
    [guild, guild, left, left, removed, removed].map(({ id }) => id),
  )
  const about = JSON.parse(Buffer.from(await download(asked.message, '.json')).toString())
  assert.deepEqual(
    about.filed.map((row: { server: string; label: string }) => [row.server, row.label]),
    paths.map(([server, , label]) => [server, label]),
  )

  assert.ok(rowsThatName(guest).length > 12)

  // Single pictures are found wherever they are.
  const [one] = await pictures('Botan', 0, 1)
  assert.ok(one)
  const single = stand.command({ user: guest }, 'forget', {}, [one])
  assert.match(await stand.textOf(single), /Deleted 1 picture on all servers/)
  const all = stand.command({ user: guest }, 'forget')
  assert.match(await stand.textOf(all), /5 pictures that you’ve added on all servers together/)
  assert.ok(all.message)
  assert.match(
    await stand.textOf(stand.press({ user: guest }, all.message, 'Delete all my data')),
    /Deleted 5 pictures on all servers/,
  )
  assert.deepEqual(rowsThatName(guest), [])
  assert.deepEqual(query(`select * from audit where instr(detail, '"file"') > 0`), [])
  assert.match(await stand.textOf(stand.command({ user: guest }, 'export')), /nothing stored about you\./)
  assert.deepEqual(rowsThatName(guest), [])
})

test('in a direct message nothing is written before it is within the person’s budget', async () => {
  const { stand } = world
  const stranger = stand.addUser('stranger')
  const count = (table: string) => query<{ n: number }>(`select count(*) as n from ${table}`)[0]?.n ?? 0
  const counted = ['datasets', 'servers', 'audit', 'expiring', 'forgettings', 'messages']
  const before = counted.map(count)
  for (const name of ['help', 'privacy', 'export', 'export', 'export'])
    await stand.textOf(stand.command({ user: stranger }, name), /./)
  assert.match(await stand.textOf(stand.command({ user: stranger }, 'export')), /That was a lot at once/)
  assert.deepEqual(counted.map(count), before)
  // How many are refused depends on how long it takes: the budget fills again meanwhile.
  const posts = Array.from({ length: 60 }, (_, i) => stand.post({ user: stranger }, `hello ${i}`).id)
  const isRefused = (id: string): boolean => stand.reactions.some((r) => r.message === id)
  const isAnswered = (id: string): boolean =>
    stand.said.some((m) => (m.message_reference as { message_id?: string } | undefined)?.message_id === id)
  const isSettled = (id: string): boolean => isRefused(id) || isAnswered(id)
  await until(
    () => posts.every(isSettled),
    () => `neither answered nor refused: ${posts.filter((id) => !isSettled(id)).length}`,
  )
  const refused = posts.filter(isRefused)
  assert.ok(refused.length > 0)
  const written = query<{ id: string }>('select id from messages').map((row) => row.id)
  assert.deepEqual(
    refused.filter((id) => written.includes(id)),
    [],
  )
})

test('whoever agreed to a picture of theirs gets it, and has it deleted', async () => {
  const { guild, people, pictures, stand } = world
  const poster = stand.addUser('poster', guild)
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /may be added now/)
  await stand.untilShown(people.teacher, 'Label this picture', { type: 3 })
  const agree = async (label: string, k: number) => {
    const theirs = stand.post({ guild, user: poster }, 'mine', await pictures('Daigo', k, k + 1))
    const form = await stand.answerTo(stand.menu(people.teacher, 'Label this picture', theirs))
    const question = (await stand.answerTo(stand.submit(people.teacher, form, label))).message
    assert.ok(question)
    const yes = stand.press({ guild, user: poster }, question, 'Yes')
    yes.message = question
    return { question, text: await stand.textOf(yes, /Thanks|too old/) }
  }
  assert.match((await agree('Daigo', 0)).text, /Added to \*\*Daigo/)
  assert.match((await agree('Emi', 1)).text, /Added to \*\*Emi/)
  const who = { guild, user: poster }
  const asked = stand.command(who, 'export')
  assert.match(await stand.textOf(asked), /here: 2 pictures\./)
  assert.equal(Object.keys(unzipSync(await download(asked.message, '.zip'))).length, 2)
  const about = Buffer.from(await download(asked.message, '.json')).toString()
  assert.ok(JSON.parse(about).filed.every((row: { postedByYou: boolean }) => row.postedByYou))
  assert.ok(!about.includes(people.teacher.user.id), 'who asked is somebody else')

  // Moved to another label they are still theirs.
  const files = await pictures('Daigo', 1, 2)
  await stand.textOf(stand.command(people.teacher, 'relabel', { label: 'Moved' }, files), /Moved/)
  const single = stand.command(who, 'forget', {}, await pictures('Daigo', 0, 1))
  assert.match(await stand.textOf(single), /Deleted 1 picture\./)
  // A question that still waits is not answered anymore.
  const theirs = stand.post(who, 'mine', await pictures('Daigo', 2, 3))
  const form = await stand.answerTo(stand.menu(people.teacher, 'Label this picture', theirs))
  const waiting = (await stand.answerTo(stand.submit(people.teacher, form, 'Late'))).message
  assert.ok(waiting)
  const all = stand.command(who, 'forget')
  assert.match(await stand.textOf(all), /1 picture that you’ve added here/)
  assert.ok(all.message)
  assert.match(await stand.textOf(stand.press(who, all.message, 'Delete all my data')), /Deleted 1 picture\./)
  assert.deepEqual(rowsThatName(poster), [])
  const labels = await stand.textOf(stand.command(people.member, 'labels'))
  assert.doesNotMatch(labels, /Daigo|Emi|Moved/)
  assert.match(await stand.textOf(stand.press(who, waiting, 'Yes')), /too old/)
})
