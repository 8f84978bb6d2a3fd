// `/predict` with a link to a message or to a file, and its form.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PermissionFlagsBits } from 'discord.js'
import { type Channel, type Message, snowflake } from '../support/discord/entities.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
let hidden: Channel
let restricted: Channel
before(async () => {
  world = await openWorld()
  const { guild, people, stand } = world
  const rest = { type: 0, guild_id: guild.id, position: 8 }
  const deny = String(PermissionFlagsBits.ViewChannel)
  const overwrites = [{ id: people.member.user.id, type: 1 as const, allow: '0', deny }]
  hidden = { ...rest, id: snowflake(), name: 'hidden', permission_overwrites: overwrites }
  restricted = { ...rest, id: snowflake(), name: 'adults', nsfw: true, permission_overwrites: [] }
  guild.channels.push(hidden, restricted)
  await world.start()
  await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /by hand/)
  await world.runTrainingJob(people.teacher, ['Akari', 'Botan'], 6)
})
after(async () => assert.deepEqual(await world.close(), []))

const linkTo = ({ guild_id, channel_id, id }: Message): string =>
  `https://discord.com/channels/${guild_id}/${channel_id}/${id}`

const ANSWER = /\*\*(Akari|Botan)\*\* · \d+ %|Probably \*\*(Akari|Botan)\*\*|I don’t recognize this/

test('a link to a message that one may read, and to a file that Discord serves, is answered', async () => {
  const { people, pictures, stand } = world
  const [one, two] = await pictures('Akari', 20, 22)
  const posted = stand.post(people.owner, 'look', [one!, two!])
  assert.match(await stand.textOf(stand.command(people.member, 'predict', { link: linkTo(posted) }), /2\.\*\*/), ANSWER)
  const file = stand.command(people.member, 'predict', { link: one!.url })
  assert.match(await stand.textOf(file), ANSWER)
  assert.ok(stand.calls.includes('POST /attachments/refresh-urls'))
})

test('what one may not read, what is elsewhere, and what is not Discord’s is refused', async () => {
  const { guild, people, pictures, stand } = world
  const files = await pictures('Akari', 22, 23)
  const refused = async (link: string, why: RegExp, locale = 'en-US') => {
    const asked = stand.command({ ...people.member, locale }, 'predict', { link })
    assert.match(await stand.textOf(asked, why), why)
  }
  const cannot = /only open links to messages on this server/
  await refused(linkTo(stand.post({ ...people.owner, channel: hidden }, '', files)), cannot)
  await refused(linkTo(stand.post({ ...people.owner, channel: restricted }, '', files)), cannot)
  const other = stand.addGuild('elsewhere')
  await refused(linkTo(stand.post({ guild: other, user: other.owner }, '', files)), cannot)
  await refused(`https://discord.com/channels/${guild.id}/${hidden.id}/1`, /このサーバーの/, 'ja')
  await refused('https://example.org/akari.png', /only take pictures that were uploaded to Discord/)
  await refused(linkTo(stand.post(people.owner, 'only words')), /no picture here/)
})

test('without a picture a form asks for it; what is given there can be added after a correction', async () => {
  const { people, pictures, stand } = world
  const form = await stand.answerTo(stand.command(people.teacher, 'predict'))
  assert.equal(form.type, 9)
  const asked = stand.submit(people.teacher, form, '', await pictures('Chika', 0, 1))
  await stand.textOf(asked, /Akari|Botan/)
  const wrong = stand.press(people.teacher, asked.message!, 'Wrong')
  await stand.textOf(wrong, /really/)
  const typed = await stand.answerTo(stand.press(people.teacher, wrong.message!, 'Something else'))
  const told = stand.submit(people.teacher, typed, 'Chika')
  await stand.textOf(told, /Noted as/)
  const added = stand.press(people.teacher, told.message!, 'Add it to Chika')
  assert.match(await stand.textOf(added, /Added/), /Added 1 picture to \*\*Chika\*\*/)
})
