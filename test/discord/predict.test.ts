// Asking, in every way that there is, and what people say about the answers.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ofType } from '../support/discord/components.ts'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  await world.runTrainingJob(world.people.teacher, ['Akari', 'Botan', 'Chika', 'Daigo'], 10)
})
after(async () => assert.deepEqual(await world.close(), []))

const ANSWER =
  /\*\*(Akari|Botan|Chika|Daigo)\*\* · \d+ %|Probably \*\*(Akari|Botan|Chika|Daigo)\*\*, but I’m not sure|I don’t recognize this/
const BARS = /▰*▱* \d+ % (Akari|Botan|Chika|Daigo)/

test('a command, a menu, a mention, a direct message: the same answer', async () => {
  const { stand, people, pictures } = world
  const files = await pictures('Botan', 20, 21)
  const byCommand = await stand.textOf(stand.command(people.member, 'predict', {}, files))
  assert.match(byCommand, ANSWER)
  // Two pictures: where one is not sure, its likeliest labels are weighed.
  if (/Probably/.test(byCommand)) assert.match(byCommand, BARS)
  else assert.doesNotMatch(byCommand, BARS)

  const posted = stand.post(people.owner, 'look', files)
  const byMenu = stand.menu(people.member, 'What is this?', posted)
  assert.equal(await stand.textOf(byMenu), byCommand)
  assert.equal(byMenu.message!.flags & 64, 64)

  const mention = stand.post(people.member, `<@${stand.bot.id}> who?`, files)
  assert.equal((await stand.replyTo(mention)).text, byCommand.trim())
  const direct = stand.post({ user: people.member.user }, '', files)
  assert.equal((await stand.replyTo(direct)).text, byCommand.trim())
  const inDirect = stand.command({ user: people.member.user }, 'predict', {}, files)
  assert.equal(await stand.textOf(inDirect), byCommand)

  const stranger = stand.post({ user: stand.addUser('stranger') }, '', files)
  assert.match((await stand.replyTo(stranger)).text, /don’t know which server/)
  const privacy = stand.command({ user: stranger.author }, 'privacy')
  assert.match(await stand.textOf(privacy), /What I store/)
})

test('a picture of something else is unknown, and says so', async () => {
  const { stand, people } = world
  const asked = stand.command(people.member, 'predict', {}, [await noise()])
  assert.match(await stand.textOf(asked), /I don’t recognize this\.\*\* Closest: \*\*(Akari|Botan|Chika|Daigo)\*\*/)
})

/** A picture that shows none of the labels. */
async function noise() {
  const { default: sharp } = await import('sharp')
  const gaussian = { type: 'gaussian', mean: 120, sigma: 70 } as const
  const create = { width: 300, height: 300, channels: 3, background: '#777', noise: gaussian } as const
  return world.stand.keep('noise.png', await sharp({ create }).png().toBuffer())
}

test('more caution answers fewer: the setting counts in the next answer, and one answer can have its own', async () => {
  const { stand, people, pictures } = world
  const files = [...(await pictures('Emi', 0, 5)), ...(await pictures('Fuyu', 0, 5))]
  const countKnown = async (options = {}) => {
    const asked = stand.command(people.manager, 'predict', options, files)
    const text = await stand.textOf(asked, /10\.\*\*/)
    return 10 - (text.match(/I don’t recognize this/g)?.length ?? 0)
  }
  const counts = [await countKnown({ caution: 'low' }), await countKnown(), await countKnown({ caution: 'high' })]
  const saved = stand.command(people.manager, 'settings', { caution: 'high' })
  assert.match(await stand.textOf(saved), /Caution: high. I often say/)
  assert.equal(await countKnown(), counts[2])
  await stand.textOf(stand.command(people.manager, 'settings', { caution: 'normal' }), /Caution: normal/)
  assert.deepEqual(
    counts,
    counts.toSorted((a, b) => b - a),
  )
  assert.ok(counts[0]! > counts[2]!, counts.join())
})

test('watched channels are answered once, others are not', async () => {
  const { stand, guild, people, pictures } = world
  const [general, channel] = guild.channels as [(typeof guild.channels)[0], (typeof guild.channels)[0]]
  await stand.textOf(stand.command(people.manager, 'settings', { watch: channel.id }), /I’ll now answer pictures/)
  const files = await pictures('Chika', 21, 24)
  const watched = stand.post({ ...people.member, channel }, '', files)
  const elsewhere = stand.post({ ...people.member, channel: general }, '', files)
  const text = stand.post({ ...people.member, channel }, 'only words')
  const reply = await stand.replyTo(watched)
  assert.match(reply.text, /^\*\*1\.\*\* .*^\*\*2\.\*\* .*^\*\*3\.\*\* /ms)
  assert.equal(ofType(reply.components, 'container').length, 3)
  stand.gateway.again('MESSAGE_CREATE')
  stand.gateway.send('MESSAGE_CREATE', watched)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const to = (id: string) =>
    stand.said.filter((m) => (m.message_reference as { message_id: string })?.message_id === id)
  assert.equal(to(watched.id).length, 1)
  assert.equal(to(elsewhere.id).length, 0)
  assert.equal(to(text.id).length, 0)

  const strange = stand.post({ ...people.member, channel }, '', [await noise()])
  await new Promise((resolve) => setTimeout(resolve, 1500))
  assert.equal(to(strange.id).length, 0)

  const judged = stand.choose(people.member, reply, 'Right', /^2\./)
  assert.match(await stand.textOf(judged), /Noted as right/)
  await stand.textOf(stand.command(people.manager, 'settings', { unwatch: channel.id }), /no longer watch any channel/)
})

test('twenty pictures in one message get one reply', async () => {
  const { stand, people, pictures } = world
  const files = [...(await pictures('Akari', 20, 30)), ...(await pictures('Daigo', 20, 30))]
  const asked = stand.post(people.member, `<@${stand.bot.id}>`, files)
  const reply = await stand.replyTo(asked)
  const { text } = reply
  assert.match(text, /\*\*20\.\*\*/)
  assert.match(await stand.textOf(stand.choose(people.member, reply, 'Wrong', /^20\./)), /What is it really/)
})

test('right and wrong count towards the live accuracy, once an answer', async () => {
  const { stand, people, pictures } = world
  const asked = stand.command(people.member, 'predict', {}, await pictures('Daigo', 30, 31))
  await stand.textOf(asked)
  const live = async () => {
    const text = await stand.textOf(stand.command(people.manager, 'stats'), /labels, \d+ pictures/)
    return /(\d+) of (\d+) answers? right/.exec(text)?.slice(1).map(Number) ?? [0, 0]
  }
  const before = (await live())[1]!
  assert.match(await stand.textOf(stand.press(people.member, asked.message!, 'Right')), /Noted as right/)
  const wrong = stand.press(people.teacher, asked.message!, 'Wrong')
  assert.match(await stand.textOf(wrong), /What is it really\?/)
  const told = stand.choose(people.teacher, wrong.message!, /It’s …/, /Akari|Botan/)
  assert.match(await stand.textOf(told), /Noted as \*\*(Akari|Botan)\*\*/)
  const form = await stand.answerTo(stand.press(people.teacher, wrong.message!, 'Something else'))
  assert.equal(form.type, 9)
  assert.match(await stand.textOf(stand.submit(people.teacher, form, 'Somebody new')), /Noted as \*\*Somebody new\*\*/)
  assert.equal((await live())[1], before + 1)
  assert.doesNotMatch(await stand.textOf(stand.command(people.member, 'labels')), /Somebody new/)
})

test('why: pictures of those that it is most like, to whoever asks', async () => {
  const { stand, people, pictures } = world
  const files = await pictures('Chika', 31, 32)
  const asked = stand.command(people.member, 'predict', {}, files)
  await stand.textOf(asked, ANSWER)
  const why = stand.press(people.teacher, asked.message!, 'Why?')
  assert.match(await stand.textOf(why), /came close.*looks most like these .*Chika/)
  assert.equal(why.message!.flags & 64, 64)
  assert.equal(why.message!.attachments.length, 1)
  const both = stand.command(people.member, 'predict', { why: true }, files)
  assert.match(await stand.textOf(both, ANSWER), /It looks most like these /)
  // The picture that was asked about, and those that it looks like.
  assert.equal(both.message!.attachments.length, 2)
})

test('what cannot be downloaded, or is no picture, is said', async () => {
  const { stand, people, pictures } = world
  const [good] = await pictures('Akari', 40, 41)
  const bytes = new Uint8Array(200)
  const kinds: [string, ReturnType<typeof stand.keep>, RegExp][] = [
    ['expired', stand.keep('a.png', bytes, { status: 404 }), /has expired/],
    ['elsewhere', { ...good!, url: 'http://127.0.0.1:9/x.png' }, /only take pictures that were uploaded/],
    ['redirected', stand.keep('b.png', bytes, { status: 302, headers: { location: good!.url } }), /couldn’t download/],
    ['broken server', stand.keep('c.png', bytes, { status: 503 }), /couldn’t download/],
    ['endless', stand.keep('d.png', bytes, 'endless'), /too large/],
    ['no picture', stand.keep('e.png', bytes), /I only read JPEG/],
    ['empty', stand.keep('f.png', new Uint8Array(0)), /is empty/],
    ['too large', { ...good!, size: 2 ** 30 }, /too large/],
  ]
  for (const [what, file, expected] of kinds)
    assert.match(await stand.textOf(stand.command(people.member, 'predict', {}, [file]), expected), expected, what)
  const none = stand.menu(people.member, 'What is this?', stand.post(people.owner, 'words'))
  assert.match(await stand.textOf(none), /no picture here/)
  const slow = stand.keep('slow.png', bytes, 'slow')
  assert.match(await stand.textOf(stand.command(people.member, 'predict', {}, [slow])), /I only read JPEG/)
})

test('a reply that names it asks about the picture that it replies to; thanks ask nothing', async () => {
  const { stand, people, pictures } = world
  const posted = stand.post(people.owner, 'look', await pictures('Akari', 33, 34))
  const message_reference = { message_id: posted.id, channel_id: posted.channel_id, type: 0 }
  const asked = stand.post(people.member, `<@${stand.bot.id}> what is this?`, [], { message_reference, type: 19 })
  const answer = await stand.replyTo(asked)
  assert.match(answer.text, ANSWER)
  const thanks = stand.post(people.member, 'thanks', [], {
    ...{ type: 19, mentions: [stand.bot] },
    message_reference: { message_id: answer.id, channel_id: answer.channel_id, type: 0 },
  })
  const words = stand.post(people.member, `<@${stand.bot.id}> hello`)
  assert.match((await stand.replyTo(words)).text, /Send me a picture/)
  assert.ok(!stand.said.some((m) => (m.message_reference as { message_id: string })?.message_id === thanks.id))
})

test('after a restart an answer can still be judged; why is forgotten with the picture', async () => {
  const { stand, people, pictures, bots } = world
  const asked = stand.command(people.member, 'predict', {}, await pictures('Akari', 34, 35))
  await stand.textOf(asked, ANSWER)
  await bots[0]!.stop()
  await world.start()
  assert.match(await stand.textOf(stand.press(people.member, asked.message!, 'Why?')), /no longer have that picture/)
  assert.match(await stand.textOf(stand.press(people.member, asked.message!, 'Right')), /Noted as right/)
})
