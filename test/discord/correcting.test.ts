// Correcting teaches: whoever may teach adds the picture to its right label at once; what is somebody else's after their yes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Attachment, Message } from '../support/discord/entities.ts'
import type { Interaction, Who } from '../support/discord/interaction.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  await world.stand.textOf(
    world.stand.command(world.people.manager, 'settings', { retraining: 'by-hand' }),
    /Training: by hand/,
  )
  await world.runTrainingJob(world.people.teacher, ['Akari', 'Botan'], 6)
})
after(async () => assert.deepEqual(await world.close(), []))

const labels = () => world.stand.textOf(world.stand.command(world.people.member, 'labels'))

async function ask(who: Who, files: Attachment[]): Promise<Message> {
  const asked = world.stand.command(who, 'predict', {}, files)
  await world.stand.textOf(asked, /Akari|Botan/)
  return asked.message!
}

/** Presses Wrong and types the right label. */
async function correct(who: Who, answer: Message, label: string): Promise<Interaction> {
  const { stand } = world
  const wrong = stand.press(who, answer, /Wrong|不正解/)
  await stand.textOf(wrong, /really|正しくは/)
  const form = await stand.answerTo(stand.press(who, wrong.message!, /Something else|ほかのもの/))
  const told = stand.submit(who, form, label)
  await stand.textOf(told, /Noted as|記録しました/)
  return told
}

const buttonsOf = ({ message }: Interaction): string[] => message?.buttons.map(({ label }) => label ?? '') ?? []

test('a teacher adds what they gave to /predict with one more tap; nothing of it was kept until then', async () => {
  const { people, pictures, stand } = world
  const answer = await ask(people.teacher, await pictures('Chika', 0, 1))
  assert.doesNotMatch(await labels(), /Chika/)
  const told = await correct(people.teacher, answer, 'Chika')
  assert.deepEqual(buttonsOf(told), ['Add it to Chika'])
  const added = stand.press(people.teacher, told.message!, 'Add it to Chika')
  assert.match(await stand.textOf(added, /Added/), /Added 1 picture to \*\*Chika\*\*/)
  assert.match(await labels(), /Chika\*\* · 1/)
  assert.match(await stand.textOf(stand.press(people.teacher, added.message!, 'Undo')), /removed 1 picture/)
})

test('the same in Japanese', async () => {
  const { people, pictures, stand } = world
  const teacher = { ...people.teacher, locale: 'ja' }
  const told = await correct(teacher, await ask(teacher, await pictures('Daigo', 0, 1)), 'Daigo')
  const added = stand.press(teacher, told.message!, /登録先： Daigo/)
  assert.match(await stand.textOf(added, /登録しました/), /\*\*Daigo\*\* に1枚を登録しました/)
})

test('whoever may not teach leaves feedback, and is offered nothing', async () => {
  const { people, pictures } = world
  const told = await correct(people.member, await ask(people.member, await pictures('Emi', 0, 1)), 'Emi')
  assert.deepEqual(buttonsOf(told), [])
})

test('what somebody else asked about is theirs: it takes their yes', async () => {
  const { people, pictures, stand } = world
  const told = await correct(people.teacher, await ask(people.member, await pictures('Fuyu', 0, 1)), 'Fuyu')
  const question = await stand.answerTo(stand.press(people.teacher, told.message!, 'Add it to Fuyu'))
  assert.match(question.message!.text, new RegExp(`<@${people.member.user.id}>, .* would like me to learn`))
  assert.doesNotMatch(await labels(), /Fuyu/)
  const yes = stand.press(people.member, question.message!, 'Yes')
  yes.message = question.message!
  await stand.textOf(yes, /Thanks! Added to \*\*Fuyu\*\*/)
  assert.match(await labels(), /Fuyu\*\* · 1/)
})

test('a picture that is gone at Discord is asked for once more, with the label filled in', async () => {
  const { people, pictures, stand } = world
  const [file] = await pictures('Goro', 0, 1)
  const answer = await ask(people.teacher, [file!])
  const told = await correct(people.teacher, answer, 'Goro')
  stand.lose(file!)
  const tried = stand.press(people.teacher, told.message!, 'Add it to Goro')
  assert.match(await stand.textOf(tried, /no longer/), /I no longer have that picture/)
  const form = await stand.answerTo(stand.press(people.teacher, tried.message!, 'Upload it'))
  assert.equal(form.type, 9)
  assert.match(JSON.stringify(form.data), /"value":"Goro"/)
  const added = stand.submit(people.teacher, form, 'Goro', await pictures('Goro', 0, 1))
  assert.match(await stand.textOf(added, /Added/), /Added 1 picture to \*\*Goro\*\*/)
})

test('a post stays under the rules for posts: a form where learning from them is off, a tap where it is on', async () => {
  const { people, pictures, stand } = world
  const post = async (k: number): Promise<Message> =>
    stand.replyTo(stand.post(people.teacher, `<@${stand.bot.id}>`, await pictures('Hana', k, k + 1)))
  assert.deepEqual(buttonsOf(await correct(people.teacher, await post(0), 'Hana')), ['Upload it …'])
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /may be added now/)
  const told = await correct(people.teacher, await post(1), 'Hana')
  const added = stand.press(people.teacher, told.message!, 'Add it to Hana')
  assert.match(await stand.textOf(added, /Added/), /Added 1 picture to \*\*Hana\*\*/)
  const theirs = await stand.replyTo(stand.post(people.member, `<@${stand.bot.id}>`, await pictures('Hana', 2, 3)))
  const toldTheirs = await correct(people.teacher, theirs, 'Hana')
  const question = await stand.answerTo(stand.press(people.teacher, toldTheirs.message!, 'Add it to Hana'))
  assert.match(question.message!.text, /would like me to learn/)
  // A change of mind between the answer and the tap counts.
  const late = await correct(people.teacher, await post(3), 'Hana')
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': false }), /no longer learn/)
  const refused = stand.press(people.teacher, late.message!, 'Add it to Hana')
  assert.match(await stand.textOf(refused, /don’t learn/), /I don’t learn from posted pictures here/)
})
