// What a gateway receives is answered by another process: commands, posts, buttons, forms, menus, direct messages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, openCluster } from '../../support/cluster.ts'
import { skipWithoutPostgres } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

const skip = skipWithoutPostgres

let cluster: Cluster
before(async () => {
  if (skip) return
  cluster = await openCluster()
  await cluster.start('gateway')
  await cluster.start('inference')
  const { teacher } = cluster.people
  await cluster.stand.untilShown(teacher, 'label')
})
after(async () => {
  if (skip) return
  const complaints = await cluster.close()
  const failed = cluster.processes.flatMap(({ logs }) =>
    logs.filter(({ level }) => Number(level) >= 50 || level === 'error'),
  )
  assert.deepEqual({ complaints, failed }, { complaints: [], failed: [] })
})

const openCalls = async () => (await cluster.query("select id from calls where state = 'open'")).length

test('pictures are added with a command and with its form, and answers are trained', { skip }, async () => {
  const { stand, people, pictures } = cluster
  for (const name of ['cat', 'fox'] as const) {
    const added = stand.command(people.teacher, 'label', { label: name }, await pictures(name, 0, 8))
    assert.match(await stand.textOf(added, /Added 8/), /Added 8 pictures/)
    assert.equal(added.type, 5)
  }
  const form = await stand.answerTo(stand.command(people.teacher, 'label'))
  assert.equal(form.type, 9)
  const submitted = stand.submit(people.teacher, form, 'fox', await pictures('fox', 8, 10))
  assert.match(await stand.textOf(submitted, /Added/), /Added 2 pictures/)
  await cluster.start('training')
  const trained = stand.command(people.manager, 'train')
  assert.match(await stand.textOf(trained, /Learned|Version \d+|recogn/i), /\d/)
})

test('a picture is answered in a channel, by a command and from the menu of its message', { skip }, async () => {
  const { stand, people, pictures } = cluster
  const [picture] = await pictures('cat', 20, 21)
  assert.ok(picture)
  assert.match(await stand.textOf(stand.command(people.member, 'predict', {}, [picture]), /cat/), /cat/)
  const posted = stand.post(people.member, `<@${stand.bot.id}>`, [picture])
  assert.match((await stand.replyTo(posted)).text, /cat/)
  const asked = stand.menu(people.member, 'What is this?', posted)
  assert.match(await stand.textOf(asked, /cat/), /cat/)
  assert.equal((asked.message?.flags ?? 0) & 64, 64)
})

test('a button asks how to correct an answer, and a list shows what there is', { skip }, async () => {
  const { stand, people, pictures } = cluster
  const [picture] = await pictures('cat', 30, 31)
  const answer = stand.command(people.teacher, 'predict', {}, [picture!])
  await stand.textOf(answer, /cat/)
  const wrong = stand.press(people.teacher, answer.message!, /Wrong|No/)
  assert.match(await stand.textOf(wrong), /fox|label|really/i)
  assert.match(await stand.textOf(stand.command(people.member, 'labels'), /cat/), /fox/)
})

test('mistakes are told to whoever made them alone; suggestions come at once', { skip }, async () => {
  const { stand, people, pictures } = cluster
  const refused = stand.command(people.teacher, 'label', { label: 'x'.repeat(101) }, await pictures('cat', 31, 32))
  await until(
    () => refused.followUps.length > 0,
    () => 'nothing was said',
  )
  assert.match(refused.followUps[0]!.text, /100/)
  assert.equal(refused.followUps[0]!.flags & 64, 64)
  const suggested = await stand.answerTo(stand.suggest(people.teacher, 'label', 'label', 'c'))
  assert.deepEqual(
    (suggested.data?.choices as { value: string }[]).map(({ value }) => value),
    ['cat'],
  )
})

test('somebody else’s picture is added once they agree, for whoever asked', { skip }, async () => {
  const { stand, people, pictures } = cluster
  const on = stand.command(people.owner, 'settings', { 'learn-from-posts': true })
  await stand.textOf(on, /may be added/)
  const posted = stand.post(people.member, `<@${stand.bot.id}>`, await pictures('cat', 50, 51))
  await stand.replyTo(posted)
  await stand.untilShown(people.teacher, 'Label this picture', { type: 3 })
  const form = await stand.answerTo(stand.menu(people.teacher, 'Label this picture', posted))
  const asked = stand.submit(people.teacher, form, 'cat')
  await stand.textOf(asked, /agree|may|yes/i)
  const agreed = stand.press(people.member, asked.message!, /Yes/)
  assert.match(await stand.textOf(agreed, /cat/), /cat/)
  assert.equal(agreed.type, 6)
})

test('a direct message is answered for the server that they used last', { skip }, async () => {
  const { stand, people, pictures } = cluster
  const { guild: _guild, ...direct } = people.member
  const [picture] = await pictures('fox', 40, 41)
  const posted = stand.post(direct, '', [picture!])
  assert.match((await stand.replyTo(posted)).text, /fox/)
})

test('what is answered is gone from the database, but for its id', { skip }, async () => {
  const left = () => cluster.query('select id from calls where payload is not null')
  let open: unknown[] = await left()
  await until(
    async () => {
      open = await left()
      return open.length === 0
    },
    () => `${open.length} calls are left`,
  )
  assert.equal(await openCalls(), 0)
  const [{ done } = { done: 0 }] = await cluster.query<{ done: string }>(
    "select count(*) as done from calls where state = 'done'",
  )
  assert.ok(Number(done) >= 8)
})
