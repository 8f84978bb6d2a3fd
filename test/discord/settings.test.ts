// Settings in the chat: each can be set and cleared by itself, and training has an hour and a time zone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

const set = (options: Record<string, unknown>, locale = 'en-US') =>
  world.stand.textOf(world.stand.command({ ...world.people.manager, locale }, 'settings', options))

test('an hour and a time zone, as people say them', async () => {
  assert.match(await set({ 'train-at': 4 }), /every day at 4:00 UTC; another zone: `time-zone`/)
  assert.match(await set({ 'time-zone': 'asia/tokyo' }), /every day at 4:00 in Asia\/Tokyo/)
  assert.match(await set({ 'time-zone': 'Mars/Olympus' }), /I don’t know that time zone/)
  assert.match(await set({ schedule: '0 6 * * 1' }), /on a schedule: `0 6 \* \* 1`, by the time in Asia\/Tokyo/)
  assert.match(await set({ schedule: 'at noon' }), /I can’t read that schedule/)
  assert.match(await set({ 'train-at': 23 }, 'ja'), /毎日23時（Asia\/Tokyo）/)
  assert.match(await set({ clear: 'time-zone' }, 'ja'), /毎日23時（UTC/)
  assert.match(await set({ clear: 'train-at' }), /on a schedule: `0 6 \* \* 1`/)
  assert.match(await set({ clear: 'schedule' }), /by itself, once no more pictures arrive/)
})

test('time zones are suggested by any part of their name', async () => {
  const { stand, people } = world
  const zones = async (typed: string) => {
    const answer = await stand.answerTo(stand.suggest(people.manager, 'settings', 'time-zone', typed))
    return (answer.data!.choices as { value: string }[]).map((choice) => choice.value)
  }
  assert.deepEqual((await zones('')).slice(0, 2), ['UTC', 'Asia/Tokyo'])
  assert.deepEqual(await zones('tokyo'), ['Asia/Tokyo'])
  assert.deepEqual(await zones('new york'), ['America/New_York'])
})

test('labels are suggested whatever kana and width are typed', async () => {
  const { stand, people, pictures } = world
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'ネコ' }, await pictures('Goro', 0, 1)), /Added/)
  for (const typed of ['ネ', 'ねこ', 'ﾈｺ', 'コ']) {
    const answer = await stand.answerTo(stand.suggest(people.teacher, 'label', 'label', typed))
    assert.deepEqual(answer.data!.choices, [{ name: 'ネコ (1)', value: 'ネコ' }], typed)
  }
})

test('a channel that was just chosen can be left alone again with one tap', async () => {
  const { guild, people, stand } = world
  const [general] = guild.channels
  const watched = stand.command(people.manager, 'settings', { watch: general!.id })
  assert.match(await stand.textOf(watched), new RegExp(`I’ll now answer pictures in <#${general!.id}>\\.`))
  assert.match(
    await stand.textOf(stand.press(people.manager, watched.message!, 'Stop')),
    /I no longer watch any channel/,
  )
})

test('each setting can be cleared without the others', async () => {
  const { guild } = world
  const [first, second] = guild.channels
  const [, role] = guild.roles
  await set({ watch: first!.id, teacher: role!.id, trainer: role!.id, agreement: 2, caution: 'high', answer: 'all' })
  await set({ dataset: 'birds', for: first!.id })
  await set({ dataset: 'BIRDS', for: second!.id, news: first!.id, every: 5, retraining: 'after' })
  assert.match(await set({ clear: 'trainer' }), /Roles: <@&\d+> \(teacher\)/)
  assert.match(await set({ clear: 'teacher' }), /Roles: whoever can manage messages/)
  assert.match(await set({ clear: 'dataset', for: first!.id }), new RegExp(`birds\\*\\* in <#${second!.id}>\\.`))
  assert.match(await set({ clear: 'watch' }), /no longer watch any channel/)
  assert.match(await set({ clear: 'agreement' }), /One reviewer decides now/)
  assert.match(await set({ clear: 'caution' }), /Caution: normal/)
  assert.match(await set({ clear: 'news' }), /with your next command/)
  assert.match(await set({ clear: 'answer' }), /when I’m sure or think I know/)
  assert.match(await set({ clear: 'every' }), /after 10 new pictures/)
  assert.match(await set({ clear: 'retraining' }), /by itself, once no more pictures arrive/)
  assert.match(await set({ clear: 'learn-from-posts' }), /Only the owner/)
})
