// Review in the chat: two taps put a picture right, whoever reviews, whatever happens meanwhile.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../support/discord/world.ts'

const NAMES = ['Akari', 'Botan', 'Chika', 'Daigo']
let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  const { guild, stand, people, pictures } = world
  // So that it is the bot that refuses.
  stand.registered.openToEverybody(guild, 'review')
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /by hand/)
  for (const [i, name] of NAMES.entries()) {
    for (const [from, to] of [
      [0, 6],
      [6, 10],
    ])
      await stand.textOf(
        stand.command(people.teacher, 'label', { label: name }, await pictures(name, from!, to!)),
        /Added/,
      )
    const other = NAMES[(i + 1) % 4]!
    await stand.textOf(
      stand.command(people.teacher, 'label', { label: name }, await pictures(other, 30, 32)),
      /Added 2/,
    )
  }
})
after(async () => assert.deepEqual(await world.close(), []))

/** The number of the picture that a review shows. */
const shownIn = (text: string): string => /Is this really .* `#(\d+)`/.exec(text)![1]!

test('after training, a button leads to the worst suspect, with typical pictures, only for the reviewer', async () => {
  const { stand, people } = world
  const trained = stand.command(people.teacher, 'train')
  assert.match(await stand.textOf(trained, /I skipped/), /I skipped \d+ of 48 pictures that look mislabelled/)
  const review = stand.press(people.teacher, trained.message!, 'Review')
  const text = await stand.textOf(review)
  assert.match(text, /Is this really \*\*\w+\*\*\? `#\d+`.*looks like \*\*\w+\*\*/is)
  assert.match(text, /\d+ pictures left/)
  assert.equal(review.message!.flags & 64, 64)
  assert.equal(review.message!.attachments.length, 1)
  assert.match(await stand.textOf(stand.command(people.member, 'review')), /Only reviewers can do that/)

  const first = shownIn(text)
  const moved = stand.press(people.teacher, review.message!, /^Move to \w+$/)
  const next = await stand.textOf(moved)
  // Above the next question, which it is not about.
  assert.match(next, /^-# Moved\.\n### Is this really/m)
  assert.notEqual(shownIn(next), first)
  // In place: the same message, with one picture.
  assert.equal(moved.message!.id, review.message!.id)
  assert.equal(moved.message!.attachments.length, 1)
  const excluded = stand.press(people.teacher, moved.message!, 'Exclude')
  assert.match(await stand.textOf(excluded), /Excluded\./)
  const undone = stand.press(people.teacher, excluded.message!, 'Undo')
  const back = await stand.textOf(undone)
  assert.match(back, /Undone\./)
  assert.equal(shownIn(back), shownIn(next))
  const kept = stand.press(people.teacher, undone.message!, 'Keep')
  assert.match(await stand.textOf(kept), /Kept\./)
  assert.match(await stand.textOf(stand.press(people.teacher, kept.message!, 'Skip')), /Skipped\./)
  const audit = await stand.textOf(stand.command(people.manager, 'audit'))
  assert.match(audit, /kept `#\d+`/)
  assert.match(audit, /took back a decision/)
})

test('two reviewers do not get the same picture, and a restart changes nothing', async () => {
  const { stand, people, bots, start } = world
  const one = stand.command(people.teacher, 'review')
  const other = stand.command(people.manager, 'review')
  const [a, b] = [await stand.textOf(one), await stand.textOf(other)]
  assert.notEqual(shownIn(a), shownIn(b))
  await bots.at(-1)!.stop()
  await start()
  const pressed = stand.press(people.teacher, one.message!, 'Exclude')
  const text = await stand.textOf(pressed)
  assert.match(text, /Excluded\./)
  assert.notEqual(shownIn(text), shownIn(b))
})

test('a moderator can require two people to agree', async () => {
  const { stand, people } = world
  assert.match(
    await stand.textOf(stand.command(people.manager, 'settings', { agreement: 2 })),
    /two reviewers must agree/i,
  )
  const review = stand.command(people.teacher, 'review')
  const id = shownIn(await stand.textOf(review))
  const said = stand.press(people.teacher, review.message!, 'Exclude')
  assert.match(await stand.textOf(said), /Another reviewer has to agree/)
  const waiting = await stand.textOf(stand.command(people.manager, 'suspects'))
  assert.match(waiting, new RegExp(`#${id}\``))
  assert.match(
    await stand.textOf(stand.command(people.manager, 'exclude', { examples: `#${id}` })),
    /Excluded 1 picture/,
  )
  assert.doesNotMatch(await stand.textOf(stand.command(people.manager, 'suspects')), new RegExp(`#${id}\``))
  await stand.textOf(stand.command(people.manager, 'settings', { agreement: 1 }), /One reviewer decides now/)
})

test('who loses the role in the middle, and what is deleted meanwhile: told so, nothing is changed', async () => {
  const { stand, guild, people } = world
  const role = guild.roles[1]!
  const helper = { guild, user: stand.addUser('helper', guild) }
  guild.members.at(-1)!.roles.push(role.id)
  await stand.textOf(stand.command(people.manager, 'settings', { reviewer: role.id }), /<@&/)
  const review = stand.command(helper, 'review')
  const id = shownIn(await stand.textOf(review))
  guild.members.at(-1)!.roles.pop()
  assert.match(await stand.textOf(stand.press(helper, review.message!, 'Exclude')), /Only reviewers can do that/)

  // The claim lasts: the teacher gets others, but may decide by number.
  const own = stand.command(people.teacher, 'review')
  const text = await stand.textOf(own)
  assert.notEqual(shownIn(text), id)
  const label = /really \*\*(\w+)\*\*\?/.exec(text)![1]!
  const asked = stand.command(people.teacher, 'labels', { action: 'delete', label })
  await stand.textOf(asked, /Delete /)
  await stand.textOf(stand.press(people.teacher, asked.message!, 'Delete it'), /Deleted/)
  assert.match(await stand.textOf(stand.press(people.teacher, own.message!, 'Keep')), /no longer there/)
})

test('the report comes as a page with the worst to look at', async () => {
  const { stand, people } = world
  const report = stand.command(people.manager, 'report')
  assert.match(await stand.textOf(report, /suspect/), /\d+ pictures, \d+ suspect/)
  const files = [report.message!, ...report.followUps].flatMap((m) => m.attachments.map((a) => a.filename))
  assert.ok(files.includes('mekiki-report.html'), `${files}`)
  // Why each is suspect can be read without the page.
  assert.match(report.message!.text, /`#\d+` · \*\*\w+\*\* · /)
  const inJapanese = stand.command({ ...people.manager, locale: 'ja' }, 'report')
  await stand.textOf(inJapanese, /枚/)
  const page = inJapanese.message!.attachments.find((a) => a.filename === 'mekiki-report.html')
  assert.match(await (await fetch(page!.url)).text(), /<html lang="ja">.*データセットの状態/s)
})
