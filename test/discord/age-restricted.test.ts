// Pictures that were added in age-restricted channels are shown in such channels alone, and in the terminal.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { type Channel, snowflake } from '../support/discord/entities.ts'
import type { Interaction, Who } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
let restricted: Channel
before(async () => {
  world = await openWorld()
  const { guild } = world
  const rest = { type: 0, guild_id: guild.id, position: 8, permission_overwrites: [] }
  restricted = { id: snowflake(), name: 'adults', nsfw: true, ...rest }
  guild.channels.push(restricted)
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

/** Of each label, how many examples are marked. */
function marked(): unknown[] {
  const database = new SQLite(join(world.home, 'mekiki.sqlite'), { readonly: true })
  try {
    const query = `select labels.name, sum(age_restricted) as marked from examples join labels on labels.id = label
      group by labels.name order by labels.name`
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}

async function why(who: Who): Promise<Interaction> {
  const { pictures, stand } = world
  const asked = stand.command(who, 'predict', {}, await pictures('Akari', 30, 31))
  await stand.textOf(asked, /Akari/)
  const reasons = stand.press(who, asked.message!, /Why|なぜ/)
  await stand.textOf(reasons, /Akari/)
  return reasons
}

test('what is added in an age-restricted channel or in a thread of one is marked, by command and by form', async () => {
  const { guild, people, pictures, stand } = world
  const there = { ...people.teacher, channel: restricted }
  await stand.textOf(stand.command(there, 'label', { label: 'Akari' }, await pictures('Akari', 0, 6)), /Added 6/)
  const form = await stand.answerTo(stand.command(there, 'label', { label: 'Akari' }))
  await stand.textOf(stand.submit(there, form, 'Akari', await pictures('Akari', 6, 7)), /Added 1/)
  const thread: Channel = { id: snowflake(), type: 11, name: 'more', guild_id: guild.id, parent_id: restricted.id }
  guild.channels.push(thread)
  const in_thread = { ...people.teacher, channel: thread }
  await stand.textOf(stand.command(in_thread, 'label', { label: 'Akari' }, await pictures('Akari', 7, 8)), /Added 1/)
  guild.channels.splice(guild.channels.indexOf(thread), 1)
  await stand.textOf(
    stand.command(people.teacher, 'label', { label: 'Botan' }, await pictures('Botan', 0, 8)),
    /Added 8/,
  )
  assert.deepEqual(marked(), [
    { name: 'Akari', marked: 8 },
    { name: 'Botan', marked: 0 },
  ])
})

test('Why? shows them in such a channel, and says elsewhere that they are hidden', async () => {
  const { people, stand } = world
  await stand.textOf(stand.command(people.teacher, 'train'), /Learned/)
  const there = await why({ ...people.member, channel: restricted })
  assert.equal(there.message!.attachments.length, 1)
  assert.doesNotMatch(there.message!.text, /not shown here/)
  const here = await why(people.member)
  assert.equal(here.message!.attachments.length, 0)
  assert.match(here.message!.text, /\d pictures are not shown here: added in an age-restricted channel/)
  const japanese = await why({ ...people.member, locale: 'ja' })
  assert.match(japanese.message!.text, /年齢制限のあるチャンネルで登録された\d枚は、ここには表示しません/)
})

test('a direct message shows none of them', async () => {
  const { people } = world
  const direct = await why({ user: people.member.user })
  assert.equal(direct.message!.attachments.length, 0)
  assert.match(direct.message!.text, /not shown here/)
})

test('a review and a report leave them out elsewhere, and say so', async () => {
  const { people, pictures, stand } = world
  const more = await pictures('Botan', 8, 14)
  await stand.textOf(stand.command(people.teacher, 'label', { label: 'Botan' }, more), /Added 6/)
  const wrong = await pictures('Botan', 20, 22)
  const there = { ...people.teacher, channel: restricted }
  await stand.textOf(stand.command(there, 'label', { label: 'Akari' }, wrong), /Added 2/)
  await stand.textOf(stand.command(people.teacher, 'train'), /Learned|Trained/)
  const reviewed = stand.command(people.teacher, 'review')
  assert.match(await stand.textOf(reviewed, /Akari|Botan/), /not shown here/)
  const shown = stand.command({ ...people.manager, channel: restricted }, 'review')
  assert.doesNotMatch(await stand.textOf(shown, /Akari|Botan/), /not shown here/)
  const report = stand.command(people.manager, 'report')
  assert.match(await stand.textOf(report, /suspects/), /not shown here/)
  const html = report.message!.attachments.find(({ filename }) => filename.endsWith('.html'))!
  const complete = stand.command({ ...people.manager, channel: restricted }, 'report')
  await stand.textOf(complete, /suspects/)
  const whole = complete.message!.attachments.find(({ filename }) => filename.endsWith('.html'))!
  const images = async (url: string): Promise<number> =>
    (await (await fetch(url)).text()).split('data:image/jpeg').length - 1
  assert.equal(await images(html.url), 0)
  assert.ok((await images(whole.url)) > 0)
})
