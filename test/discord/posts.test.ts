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
  assert.match((await stand.replyTo(posted)).text, /I don’t learn from posted pictures here/)
  assert.ok(!stand.isShown(people.teacher, 'Label this picture', 3), 'it is offered only where it can be used')
  assert.match(await labels(), /No labels yet/)
})

test('on: one’s own at once, somebody else’s after their yes', async () => {
  const { stand, people, pictures } = world
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /may be added now/)
  await stand.untilShown(people.teacher, 'Label this picture', { type: 3 })
  const own = stand.post(people.teacher, `<@${stand.bot.id}> label Akari`, await pictures('Akari', 0, 2))
  assert.match((await stand.replyTo(own)).text, /Added 2 pictures to \*\*Akari\*\*/)
  const refused = stand.post(people.member, `<@${stand.bot.id}> label Akari`, await pictures('Akari', 2, 3))
  assert.match((await stand.replyTo(refused)).text, /Only teachers can do that/)

  const ask = async (label: string, k: number) => {
    const theirs = stand.post(people.member, 'mine', await pictures('Botan', k, k + 1))
    const form = await stand.answerTo(stand.menu(people.teacher, 'Label this picture', theirs))
    assert.equal(form.type, 9)
    return stand.answerTo(stand.submit(people.teacher, form, label))
  }
  const asked = (await ask('Botan', 0)).message!
  assert.match(asked.text, new RegExp(`<@${people.member.user.id}>, <@${people.teacher.user.id}> would like me`))
  assert.doesNotMatch(await labels(), /Botan/)
  const other = await stand.answerTo(stand.press(people.teacher, asked, 'Yes'))
  assert.match(other.message!.text, /Only the person who posted the picture/)
  assert.doesNotMatch(await labels(), /Botan/)
  const yes = stand.press(people.member, asked, 'Yes')
  yes.message = asked
  await stand.textOf(yes, /Thanks! Added to \*\*Botan\*\*/)
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
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': false }), /no longer learn/)
  const yes = stand.press(people.member, asked, 'Yes')
  yes.message = asked
  await stand.textOf(yes, /don’t learn from posted pictures here/)
  assert.doesNotMatch(await labels(), /Daigo/)
})

const allowPosts = async () => {
  const { people, stand } = world
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /may be added now/)
  await stand.untilShown(people.teacher, 'Label this picture', { type: 3 })
}

test('a reply that labels somebody else’s picture asks them; one to no picture says why not', async () => {
  const { stand, people, pictures } = world
  await allowPosts()
  const reply = (to: { id: string; channel_id: string }, label: string) => {
    const message_reference = { message_id: to.id, channel_id: to.channel_id, type: 0 }
    return stand.post(people.teacher, `<@${stand.bot.id}> label ${label}`, [], { message_reference, type: 19 })
  }
  const theirs = stand.post(people.member, 'look', await pictures('Emi', 0, 1))
  const question = await stand.replyTo(reply(theirs, 'Emi'))
  assert.match(question.text, new RegExp(`<@${people.member.user.id}>, .* would like me to learn`))
  assert.doesNotMatch(await labels(), /Emi/)
  const yes = stand.press(people.member, question, 'Yes')
  yes.message = question
  await stand.textOf(yes, /Thanks! Added to \*\*Emi\*\*/)
  assert.match(await labels(), /Emi\*\* · 1/)
  const words = stand.post(people.member, 'only words')
  assert.match((await stand.replyTo(reply(words, 'Fuyu'))).text, /There is no picture here/)
})

test('a yes says what really happened', async () => {
  const { guild, stand, people, pictures } = world
  await allowPosts()
  const teacher = { guild, user: stand.addUser('short-lived', guild, 'moderators') }
  const agree = async (files: Parameters<typeof stand.post>[2], label: string, meanwhile = () => {}) => {
    const theirs = stand.post(people.member, 'mine', files)
    const form = await stand.answerTo(stand.menu(teacher, 'Label this picture', theirs))
    const question = (await stand.answerTo(stand.submit(teacher, form, label))).message
    assert.ok(question)
    meanwhile()
    const yes = stand.press(people.member, question, 'Yes')
    yes.message = question
    return stand.textOf(yes, /Thanks/)
  }
  const unreadable = await agree([stand.keep('broken.png', Buffer.from('this is no picture'))], 'Broken')
  assert.match(unreadable, /Thanks, but nothing was added\. .*broken\.png/s)
  const late = await agree(await pictures('Goro', 0, 1), 'Late', () => stand.takeRoles(guild, teacher.user))
  assert.match(late, new RegExp(`nothing was added\\. <@${teacher.user.id}> may no longer teach here`))
  assert.doesNotMatch(await labels(), /Broken|Late/)
})

test('spoilers stay covered where they are shown again', async () => {
  const { stand, people, pictures } = world
  const [file] = await pictures('Hana', 0, 1)
  assert.ok(file)
  const added = stand.command(people.teacher, 'label', { label: 'Hana' }, [{ ...file, filename: 'SPOILER_hana.png' }])
  await stand.textOf(added, /Added/)
  assert.equal(added.message?.attachments[0]?.filename, 'SPOILER_added.webp')
})
