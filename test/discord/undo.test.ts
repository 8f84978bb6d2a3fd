// Review in batches, deleting with a way back, and cleaning up after somebody, with a running bot and in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { joinServer } from '../../src/db/servers.ts'
import { addVersion } from '../../src/db/versions.ts'
import { openDatabase } from '../support/app.ts'
import { addNew, BACKBONE, openMain } from '../support/database.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { madeUpSummary, surveyOf, suspectOf } from '../support/versions.ts'

/** Suspects that look like a dog, and those that look like nothing. */
const [DOGS, UNLIKE] = [17, 3]
let world: World
let ids: number[]

before(async () => {
  world = await openWorld()
  ids = await makeSuspects()
  await world.start()
  const { stand, people } = world
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /by hand/i)
})
after(async () => assert.deepEqual(await world.close(), []))

/** As a training would have found them. */
async function makeSuspects(): Promise<number[]> {
  const db = await openDatabase(world.home)
  await joinServer(db, world.guild.id)
  const dataset = await openMain(db, world.guild.id)
  const made: number[] = []
  for (let i = 0; i < DOGS + UNLIKE; i++)
    made.push(await addNew(db, dataset, { label: i % 2 === 0 ? 'cat' : 'cow', pixels: `suspect ${i}` }))
  await addNew(db, dataset, { label: 'dog', pixels: 'a dog' })
  const blank = { create: { width: 60, height: 40, channels: 3 as const, background: '#a50' } }
  await db
    .updateTable('pictures')
    .set({ copy: await sharp(blank).jpeg().toBuffer() })
    .execute()
  const suspicions = made.map((id, i) => {
    const suspect = suspectOf(id, 0.9 - i / 1000)
    return i < DOGS ? suspect : { ...suspect, suggested: null, reasons: [{ kind: 'unlike' as const }] }
  })
  const version = { backbone: BACKBONE, summary: madeUpSummary, classifier: {}, activate: true, by: 'ann' }
  await addVersion(db, dataset, { ...version, survey: surveyOf(suspicions) })
  await db.destroy()
  return made
}

const labelsNow = async (): Promise<string> =>
  world.stand.textOf(world.stand.command(world.people.member, 'labels'), /labels?|ラベル/)

test('twenty suspects take four taps: the command, and one for nine, eight and three each; each can be undone', async () => {
  const { stand, people } = world
  let taps = 1
  const review = stand.command(people.teacher, 'review')
  assert.match(await stand.textOf(review), /9 pictures look like \*\*dog\*\*/)
  assert.equal(review.message!.flags & 64, 64)
  let shown = review
  for (const [button, next] of [
    [/^Move all to dog$/, /8 pictures look like \*\*dog\*\*/],
    [/^Move all to dog$/, /3 pictures look like none of the labels/],
    [/^Exclude all$/, /Nothing left to review/],
  ] as const) {
    taps++
    shown = stand.press(people.teacher, shown.message!, button)
    assert.match(await stand.textOf(shown), next)
  }
  assert.ok(taps <= 8, `${taps}`)
  assert.match(await labelsNow(), /\*\*dog\*\* · 18 pictures/)
  // The last three, then the eight, then the nine.
  for (const pictures of [3, 8, 9]) {
    shown = stand.press(people.teacher, shown.message!, 'Undo')
    assert.match(await stand.textOf(shown), new RegExp(`Undone ${pictures} pictures\\.`))
  }
  assert.match(await labelsNow(), /\*\*dog\*\* · 1 picture/)
})

test('two reviewers get different ones; what changed meanwhile is left and listed, in Japanese', async () => {
  const { stand, people } = world
  const japanese = { ...people.manager, locale: 'ja' }
  const one = stand.command(people.teacher, 'review')
  await stand.textOf(one, /9 pictures look like/)
  const other = stand.command(japanese, 'review')
  assert.match(await stand.textOf(other), /\*\*dog\*\* に似ている画像が8枚あります/)
  await stand.textOf(stand.command(people.manager, 'keep', { examples: `${ids[9]}` }), /Kept 1 picture/)
  const moved = stand.press(japanese, other.message!, /^すべて移す： dog$/)
  const text = await stand.textOf(moved)
  assert.match(text, /7枚を移しました/)
  assert.match(text, new RegExp(`その間に変更されたため、そのままにしました：\`#${ids[9]}\`（\\*\\*cow\\*\\*）`))
  const kept = stand.press(people.teacher, one.message!, 'One by one')
  assert.match(await stand.textOf(kept), new RegExp(`Is this really \\*\\*cat\\*\\*\\? \`#${ids[0]}\``))
  const next = stand.press(people.teacher, kept.message!, 'Keep')
  const after = await stand.textOf(next)
  assert.match(after, /Kept\./)
  assert.match(after, new RegExp(`#${ids[1]}`))
})

test('deleting a label asks, says what is lost, and can be undone from its card', async () => {
  const { stand, people } = world
  const before = await labelsNow()
  const asked = stand.command(people.teacher, 'labels', { action: 'delete', label: 'cow' })
  assert.match(await stand.textOf(asked), /Delete \*\*cow\*\* and its \d+ pictures\?.*bring it back for 7 days/s)
  assert.equal(await labelsNow(), before)
  const [button] = asked.message!.buttons.filter((b) => b.label === 'Delete it')
  assert.equal(button?.style, 4)
  const deleted = stand.press(people.teacher, asked.message!, 'Delete it')
  // A moderator's word: the reviewers' decisions about its pictures are theirs.
  assert.match(await stand.textOf(deleted), /Deleted \*\*cow\*\*/)
  assert.doesNotMatch(await labelsNow(), /\*\*cow\*\*/)
  const suggested = async (who: typeof people.member, option: string) =>
    (await stand.answerTo(stand.suggest(who, 'labels', option, ''))).data?.choices as { value: string }[]
  assert.ok(!(await suggested(people.teacher, 'label')).some(({ value }) => value === 'cow'))
  assert.deepEqual(
    (await suggested(people.teacher, 'restore')).map(({ value }) => value),
    ['cow'],
  )
  assert.deepEqual(await suggested(people.member, 'restore'), [])
  const undone = stand.press(people.teacher, deleted.message!, 'Undo')
  assert.match(await stand.textOf(undone), /\*\*cow\*\* is back, with \d+ pictures/)
  assert.equal(await labelsNow(), before)
})

test('a confirmation of what has changed since asks again; restored by name, in Japanese', async () => {
  const { stand, people, pictures } = world
  const japanese = { ...people.teacher, locale: 'ja' }
  const asked = stand.command(japanese, 'labels', { action: 'delete', label: 'cat' })
  assert.match(await stand.textOf(asked), /\*\*cat\*\* と画像\d+枚を削除しますか？/)
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'cat' }, await pictures('Akari', 0, 1)), /Added/)
  const again = stand.press(japanese, asked.message!, '削除する')
  assert.match(await stand.textOf(again), /先ほど表示してから内容が変わりました/)
  const deleted = stand.press(japanese, again.message!, '削除する')
  assert.match(await stand.textOf(deleted), /\*\*cat\*\* と画像\d+枚を削除しました/)
  const list = stand.command(japanese, 'labels', { action: 'deleted' })
  assert.match(await stand.textOf(list), /\*\*cat\*\* · \d+枚 · 削除 · 残り7日/)
  const back = stand.command(japanese, 'labels', { restore: 'cat' })
  assert.match(await stand.textOf(back), /\*\*cat\*\* と画像\d+枚を元に戻しました/)
})

test('merging is undone from its card', async () => {
  const { stand, people } = world
  const before = await labelsNow()
  const merged = stand.command(people.teacher, 'labels', { action: 'merge', label: 'cow', to: 'cat' })
  assert.match(await stand.textOf(merged), /Merged \*\*cow\*\* into \*\*cat\*\*/)
  assert.match(await stand.textOf(stand.press(people.teacher, merged.message!, 'Undo')), /\*\*cow\*\* is back/)
  assert.equal(await labelsNow(), before)
})

test('several pictures are removed from a label only after a yes', async () => {
  const { stand, people, pictures } = world
  const files = await pictures('Botan', 0, 2)
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'Botan' }, files), /Added 2/)
  const asked = stand.command(people.teacher, 'unlabel', { label: 'Botan' }, files)
  assert.match(await stand.textOf(asked), /Remove 2 pictures from \*\*Botan\*\*\?/)
  assert.match(await labelsNow(), /\*\*Botan\*\* · 2/)
  const removed = stand.press(people.teacher, asked.message!, 'Remove them')
  assert.match(await stand.textOf(removed), /Removed 2 pictures/)
  assert.doesNotMatch(await labelsNow(), /\*\*Botan\*\*/)
})

test('a manager takes back what one person did, after a look, and others may not', async () => {
  const { stand, guild, people, pictures } = world
  const before = await labelsNow()
  const vandal = { guild, user: stand.addUser('vandal', guild, 'moderators') }
  await stand.textOf(stand.command(vandal, 'label', { label: 'spam' }, await pictures('Chika', 0, 3)), /Added 3/)
  await stand.textOf(stand.command(vandal, 'labels', { action: 'merge', label: 'cow', to: 'cat' }), /Merged/)
  await stand.textOf(stand.command(vandal, 'labels', { action: 'rename', label: 'cat', to: 'rubbish' }), /called/)
  const options = { person: vandal.user.id, since: '1h' }
  assert.throws(() => stand.command(people.teacher, 'clean-up', options), /does not show/)
  const asked = stand.command(people.manager, 'clean-up', options)
  const text = await stand.textOf(asked)
  assert.match(text, new RegExp(`Take back what <@${vandal.user.id}> has done`))
  assert.match(text, /3 added pictures and 2 changed labels/)
  assert.equal(asked.message!.flags & 64, 64)
  const done = stand.press(people.manager, asked.message!, 'Take it all back')
  assert.match(await stand.textOf(done, /Took back/), /3 added pictures and 2 changed labels/)
  assert.equal(await labelsNow(), before)
  const again = stand.command({ ...people.manager, locale: 'ja' }, 'clean-up', options)
  assert.match(await stand.textOf(again), /取り消せるものはありません/)
  const wrong = stand.command(people.manager, 'clean-up', { ...options, since: 'yesterday' })
  assert.match(await stand.textOf(wrong), /as in 90m, 2h or 3d/)
})
