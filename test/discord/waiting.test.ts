// More than a person may hand over at once is worked off, not refused; meanwhile it is said what becomes of it, and when.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Interaction } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  const { people, stand } = world
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /by hand/)
  await world.runTrainingJob(people.teacher, ['Akari', 'Botan'], 4)
})
after(async () => assert.deepEqual(await world.close(), []))

/** The text of one of several calls, which are not counted in the order in which they were sent, once it says such a thing. */
async function oneOf(calls: Interaction[], what: RegExp): Promise<string> {
  const said = () => calls.map((call) => call.message?.text ?? '').find((text) => what.test(text))
  await until(
    () => said() !== undefined,
    () => `none says ${what}`,
  )
  return said() ?? ''
}

test('a burst of additions is added in its turn, in both languages', async () => {
  const { guild, pictures, stand } = world
  const files = await pictures('Chika', 0, 10)
  const eager = { guild, user: stand.addUser('eager', guild, 'moderators') }
  const add = (i: number, locale: string) =>
    stand.command({ ...eager, locale }, 'label', { label: `Chika ${i}` }, files)
  const pairs = Array.from({ length: 5 }, (_, i) => ({ english: add(i, 'en-US'), japanese: add(i + 5, 'ja') }))
  const [english, japanese] = [pairs.map((pair) => pair.english), pairs.map((pair) => pair.japanese)]
  const waits = /Got them\. I’ll add these 10 in about \d+ s\.|10枚を約\d+秒後に登録します/
  assert.match(await oneOf([...english, ...japanese], waits), waits)
  for (const call of english) assert.match(await stand.textOf(call, /Added/), /Added 10 pictures/)
  for (const call of japanese) assert.match(await stand.textOf(call, /を登録しました/), /10枚を登録しました/)
})

test('a burst of questions is answered in its turn; a mention carries a sign until then', async () => {
  const { guild, pictures, stand } = world
  const files = await pictures('Akari', 20, 30)
  const eager = { guild, user: stand.addUser('curious', guild) }
  const asked = Array.from({ length: 8 }, () => stand.command(eager, 'predict', {}, files))
  assert.match(await oneOf(asked, /Got them/), /I’ll look at these 10 in about \d+ s/)
  const posted = stand.post(eager, `<@${stand.bot.id}>`, files.slice(0, 2))
  const signs = (of: { message: string; emoji: string }[]): string[] =>
    of.filter((r) => r.message === posted.id).map((r) => r.emoji)
  await until(
    () => signs(stand.reactions).length > 0,
    () => 'no sign',
  )
  assert.deepEqual(signs(stand.reactions), ['⏳'])
  for (const from of asked) await stand.textOf(from, /10\.\*\*/)
  await stand.replyTo(posted)
  await until(
    () => signs(stand.takenBack).length > 0,
    () => 'the sign stays',
  )
  assert.deepEqual(signs(stand.reactions), [])
})
