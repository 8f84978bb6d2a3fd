// An answer goes with its post; whoever asked, and whoever manages messages, can delete it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MANAGES_MESSAGES, type Message } from '../support/discord/entities.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  await world.runTrainingJob(world.people.teacher, ['Akari', 'Botan'], 4)
})
after(async () => assert.deepEqual(await world.close(), []))

const isDeleted = (message: Message): Promise<void> =>
  until(
    () => !world.stand.messages.has(message.id),
    () => `still there: ${message.text}`,
  )

async function ask(k: number): Promise<{ posted: Message; answer: Message }> {
  const { people, pictures, stand } = world
  const posted = stand.post(people.member, `<@${stand.bot.id}>`, await pictures('Akari', k, k + 1))
  return { posted, answer: await stand.replyTo(posted) }
}

test('a deleted post takes its answer along, several at once and after a restart, too', async () => {
  const { bots, stand } = world
  const one = await ask(20)
  const others = [await ask(21), await ask(22)]
  const stays = await ask(23)
  stand.remove(one.posted)
  await isDeleted(one.answer)
  // What was answered is written down a moment after the answer was sent.
  await bots[0]!.stop()
  await world.start()
  stand.removeTogether(others.map(({ posted }) => posted))
  for (const { answer } of others) await isDeleted(answer)
  assert.ok(stand.messages.has(stays.answer.id))
})

test('a post that is deleted while it is looked at gets no answer', async () => {
  const { people, stand } = world
  const slow = stand.keep('slow.png', new Uint8Array(10), 'slow')
  const before = stand.said.length
  const posted = stand.post(people.member, `<@${stand.bot.id}>`, [slow])
  await new Promise((resolve) => setTimeout(resolve, 500))
  stand.remove(posted)
  const other = stand.post(people.member, `<@${stand.bot.id}>`, [stand.keep('slow.png', new Uint8Array(10), 'slow')])
  await stand.replyTo(other)
  assert.equal(stand.said.length, before + 1)
})

test('whoever asked deletes the answer, and whoever may manage messages; nobody else', async () => {
  const { guild, people, stand } = world
  const { answer } = await ask(24)
  const other = { guild, user: stand.addUser('other', guild) }
  const refused = stand.press(other, answer, 'Delete')
  assert.match(await stand.textOf(refused), /Only the person who asked, and whoever may manage messages/)
  assert.equal(refused.message!.flags & 64, 64)
  const refusedInJapanese = stand.press({ ...other, locale: 'ja' }, answer, 'Delete')
  assert.match(await stand.textOf(refusedInJapanese), /質問した人とメッセージを管理できる人だけです/)
  assert.ok(stand.messages.has(answer.id))
  stand.press(people.member, answer, 'Delete')
  await isDeleted(answer)

  const second = await ask(25)
  stand.press({ ...other, permissions: MANAGES_MESSAGES }, second.answer, 'Delete')
  await isDeleted(second.answer)
})

test('an answer to a command can be deleted, too; one that nobody else sees need not be', async () => {
  const { people, pictures, stand } = world
  const files = await pictures('Botan', 20, 21)
  const asked = stand.command(people.member, 'predict', {}, files)
  await stand.textOf(asked, /Botan|recognize/)
  const answer = asked.message!
  stand.press(people.member, answer, 'Delete')
  await isDeleted(answer)
  const menu = stand.menu(people.member, 'What is this?', stand.post(people.owner, '', files))
  await stand.textOf(menu, /Botan|recognize/)
  assert.ok(!menu.message!.buttons.some(({ label }) => label === 'Delete'))
})

test('posts that were deleted while the bot was away take their answers along, and no others', async () => {
  const { bots, stand } = world
  const [gone, stays, alsoGone] = [await ask(26), await ask(27), await ask(28)]
  const isAsked = (path: string): boolean => stand.calls.some((call) => call.startsWith(`GET ${path}`))
  // Before it starts anew.
  await bots.at(-1)?.stop()
  stand.messages.delete(gone.posted.id)
  await world.start()
  await isDeleted(gone.answer)

  // While its connection is lost for too long to be resumed.
  stand.gateway.invalidate(false)
  stand.messages.delete(alsoGone.posted.id)
  await isDeleted(alsoGone.answer)
  assert.ok(stand.messages.has(stays.answer.id))
  assert.ok(isAsked(`/channels/${stays.posted.channel_id}/messages/${gone.posted.id}`))
  assert.ok(!isAsked(`/channels/${stays.posted.channel_id}/messages/${stays.posted.id}`))
})

test('where the history may not be read, nothing is taken for deleted', async () => {
  const { bots, stand } = world
  const { posted, answer } = await ask(29)
  await bots.at(-1)?.stop()
  const path = new RegExp(`^GET /channels/${posted.channel_id}/messages`)
  stand.faults.push({ path, times: 100, status: 403, code: 50001 })
  const bot = await world.start()
  await until(
    () => stand.calls.some((call) => path.test(call)),
    () => bot.text(),
  )
  await bot.stop()
  stand.faults.length = 0
  assert.ok(stand.messages.has(answer.id))
})
