// Posted pictures become examples only where the owner said so, and only with their poster's yes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

const labels = () => world.stand.textOf(world.stand.command(world.people.member, 'labels'))

test('off: nothing that was posted is learned from', async () => {
  const { stand, people, pictures } = world
  const posted = stand.post(people.teacher, `<@${stand.bot.id}> label Akari`, await pictures('Akari', 0, 1))
  assert.match((await stand.replyTo(posted)).content, /I don’t learn from posted pictures here/)
  const menu = await stand.answerTo(stand.menu(people.teacher, 'Label this picture', posted))
  assert.match(menu.message!.content, /I don’t learn from posted pictures here/)
  assert.match(await labels(), /No labels yet/)
})

test('on: one’s own at once, somebody else’s after their yes', async () => {
  const { stand, people, pictures } = world
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /posts\*\* on/)
  const own = stand.post(people.teacher, `<@${stand.bot.id}> label Akari`, await pictures('Akari', 0, 2))
  assert.match((await stand.replyTo(own)).content, /Added 2 pictures to \*\*Akari\*\*/)
  const refused = stand.post(people.member, `<@${stand.bot.id}> label Akari`, await pictures('Akari', 2, 3))
  assert.match((await stand.replyTo(refused)).content, /Only teachers can do that/)

  const ask = async (label: string, k: number) => {
    const theirs = stand.post(people.member, 'mine', await pictures('Botan', k, k + 1))
    const form = await stand.answerTo(stand.menu(people.teacher, 'Label this picture', theirs))
    assert.equal(form.type, 9)
    return stand.answerTo(stand.submit(people.teacher, form, label))
  }
  const asked = (await ask('Botan', 0)).message!
  assert.match(asked.content, new RegExp(`<@${people.member.user.id}>, <@${people.teacher.user.id}> would like me`))
  assert.doesNotMatch(await labels(), /Botan/)
  const other = await stand.answerTo(stand.press(people.teacher, asked, 'Yes'))
  assert.match(other.message!.content, /Only the person who posted the picture/)
  assert.doesNotMatch(await labels(), /Botan/)
  const yes = stand.press(people.member, asked, 'Yes')
  yes.message = asked
  await stand.textOf(yes, /Added to \*\*Botan\*\*/)
  assert.match(await labels(), /Botan\*\* · 1/)

  const declined = (await ask('Chika', 1)).message!
  const no = stand.press(people.member, declined, 'No')
  no.message = declined
  await stand.textOf(no, /nothing was stored/)
  assert.doesNotMatch(await labels(), /Chika/)
})

test('taken back: a yes that comes later adds nothing', async () => {
  const { stand, people, pictures } = world
  const theirs = stand.post(people.member, 'mine', await pictures('Daigo', 0, 1))
  const form = await stand.answerTo(stand.menu(people.teacher, 'Label this picture', theirs))
  const asked = (await stand.answerTo(stand.submit(people.teacher, form, 'Daigo'))).message!
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': false }), /posts\*\* off/)
  const yes = stand.press(people.member, asked, 'Yes')
  yes.message = asked
  await stand.textOf(yes, /don’t learn from posted pictures here/)
  assert.doesNotMatch(await labels(), /Daigo/)
})
