// A watched channel answers what is sure, what is sure and unsure, or all; an old confidence is mapped, and it is said once.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import type { Channel, Message } from '../support/discord/entities.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
let channel: Channel
before(async () => {
  world = await openWorld()
  await world.start()
  const { guild, people, stand } = world
  await world.runTrainingJob(people.teacher, ['Akari', 'Botan', 'Chika'], 8)
  channel = guild.channels[1]!
  await stand.textOf(
    stand.command(people.manager, 'settings', { watch: channel.id, retraining: 'by-hand' }),
    /now answer pictures in/,
  )
})
after(async () => assert.deepEqual(await world.close(), []))

type Grade = 'sure' | 'unsure' | 'unknown'
const gradeIn = (text: string): Grade =>
  /I don’t recognize/.test(text) ? 'unknown' : /Probably/.test(text) ? 'unsure' : 'sure'

/** What is answered of pictures under a setting, and what of them a command answers. */
async function postAll(answer: string): Promise<{ grade: Grade; isPosted: boolean }[]> {
  const { people, pictures, stand } = world
  await stand.textOf(stand.command(people.manager, 'settings', { answer }), /now answer/)
  const files = [
    ...(await pictures('Akari', 20, 24)),
    ...(await pictures('Daigo', 0, 4)),
    ...(await pictures('Emi', 0, 4)),
  ]
  const posts = files.map((file) => stand.post({ ...people.member, channel }, '', [file]))
  const grades: Grade[] = []
  for (const file of files)
    grades.push(gradeIn(await stand.textOf(stand.command(people.owner, 'predict', {}, [file]), /Akari|Botan|Chika/)))
  await sleep(1_200)
  const isPosted = ({ id }: Message): boolean =>
    stand.said.some((m) => (m.message_reference as { message_id?: string } | undefined)?.message_id === id)
  return posts.map((post, i) => ({ grade: grades[i]!, isPosted: isPosted(post) }))
}

const POSTED: Record<string, Grade[]> = {
  sure: ['sure'],
  'sure and unsure': ['sure', 'unsure'],
  all: ['sure', 'unsure', 'unknown'],
}
for (const [setting, posted] of Object.entries(POSTED))
  test(`${setting}: answers that are ${posted.join(', ')} are posted`, async () => {
    const seen = await postAll(setting)
    for (const { grade, isPosted } of seen) assert.equal(isPosted, posted.includes(grade), grade)
    assert.ok(new Set(seen.map(({ grade }) => grade)).size > 1)
  })

test('that something is unknown is no reason to cheer: its buttons are all alike', async () => {
  const { people, pictures, stand } = world
  let seen = 0
  for (const file of await pictures('Daigo', 4, 12)) {
    const asked = stand.command(people.member, 'predict', { caution: 'high' }, [file])
    const grade = gradeIn(await stand.textOf(asked, /Akari|Botan|Chika/))
    const [right] = asked.message!.buttons
    assert.equal(right?.label, grade === 'unknown' ? 'Right, none of them' : 'Right')
    assert.equal(right?.style, grade === 'unknown' ? 2 : 3)
    if (grade !== 'unknown') continue
    seen++
    assert.match(await stand.textOf(stand.press(people.member, asked.message!, /^Right/)), /Noted as right/)
  }
  assert.ok(seen > 0)
})

test('a confidence of before: what it has become is said once, and is in the audit log', async () => {
  const { guild, home, people, stand } = world
  await stand.textOf(stand.command(people.manager, 'settings', { answer: 'all' }), /always/)
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  const stored = JSON.parse(
    database.prepare('select settings from servers where id = ?').pluck().get(guild.id) as string,
  )
  const { answer: _, ...rest } = stored
  database
    .prepare('update servers set settings = ? where id = ?')
    .run(JSON.stringify({ ...rest, confidence: 0.7 }), guild.id)
  database.close()
  const told = await stand.textOf(stand.command(people.manager, 'settings'), /Your 70 %/)
  assert.match(told, /Your 70 % has become: only when I’m sure/)
  const again = await stand.textOf(stand.command(people.manager, 'settings'), /watched channels/i)
  assert.doesNotMatch(again, /70 %/)
  assert.match(again, /only when I’m sure/)
  assert.match(
    await stand.textOf(stand.command(people.manager, 'audit'), /answer/),
    /mekiki changed the settings: answers in watched channels/,
  )
})

test('the former name of the setting works for one release, with a note, in both languages', async () => {
  const { people, stand } = world
  const english = stand.command(people.manager, 'settings', { confidence: 30 })
  assert.match(await stand.textOf(english, /30 %/), /Your 30 % has become: when I’m sure or think I know/)
  const japanese = stand.command({ ...people.manager, locale: 'ja' }, 'settings', { confidence: 80 })
  assert.match(await stand.textOf(japanese, /80/), /これまでの80％は「.*」になりました/)
})
