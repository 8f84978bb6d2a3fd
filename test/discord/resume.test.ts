// Posts that were taken and not answered: the next start answers them, whatever Discord does meanwhile.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import SQLite from 'better-sqlite3'
import { inWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

/** A post that the bot has taken, whose picture never comes, when the bot is killed. */
async function killWith({ stand, bots, people }: World, posts: number) {
  const slow = stand.keep('slow.png', new Uint8Array(10), 'slow')
  const posted = Array.from({ length: posts }, () => stand.post(people.member, `<@${stand.bot.id}>`, [slow]))
  // Replies to what was added are edited meanwhile.
  const asked = (): number => stand.calls.filter((call) => call.startsWith('POST ')).length
  const before = asked()
  await new Promise((resolve) => setTimeout(resolve, 500))
  assert.equal(asked(), before)
  bots.at(-1)?.process.kill('SIGKILL')
  await until(
    () => bots.at(-1)?.process.signalCode === 'SIGKILL',
    () => 'still alive',
  )
  return posted
}

const repliesTo = ({ stand }: World, id: string) =>
  stand.said.filter((m) => (m.message_reference as { message_id?: string } | undefined)?.message_id === id)

test('Discord fails to show a pending post at first: it is answered all the same', () =>
  inWorld(async (world) => {
    const { stand, people, start, runTrainingJob } = world
    await start()
    await runTrainingJob(people.teacher, ['Akari', 'Botan'], 3)
    const [posted] = await killWith(world, 1)
    assert.ok(posted)
    // Each try asks four times by itself.
    stand.faults.push({ path: /^GET \/channels\/\d+\/messages/, times: 8, status: 503 })
    await start()
    await stand.replyTo(posted)
    assert.equal(repliesTo(world, posted.id).length, 1)
  }))

test('a pending post that cannot be answered holds up none of the others, and is answered by the start after', () =>
  inWorld(async (world) => {
    const { stand, people, start, runTrainingJob } = world
    await start()
    await runTrainingJob(people.teacher, ['Akari', 'Botan'], 3)
    const [first, second] = await killWith(world, 2)
    assert.ok(first && second)
    stand.faults.push({ path: new RegExp(`^GET /channels/\\d+/messages/${first.id}`), times: 1_000, status: 500 })
    const bot = await start()
    await stand.replyTo(second)
    stand.faults.length = 0
    await bot.stop()
    assert.equal(repliesTo(world, first.id).length, 0)
    await start()
    await stand.replyTo(first)
    assert.deepEqual(
      [first, second].map(({ id }) => repliesTo(world, id).length),
      [1, 1],
    )
  }))

test('an answer that Discord does not take for long is given by the next start', () =>
  inWorld(async (world) => {
    const { stand, people, start, runTrainingJob, pictures } = world
    const bot = await start()
    await runTrainingJob(people.teacher, ['Akari', 'Botan'], 3)
    stand.faults.push({ path: /^POST \/channels/, times: 1_000, status: 500 })
    const posted = stand.post(people.member, `<@${stand.bot.id}>`, await pictures('Akari', 30, 31))
    await until(
      () => bot.logs.some((l) => l.task === 'message'),
      () => bot.text(),
    )
    await bot.stop()
    stand.faults.length = 0
    await start()
    assert.match((await stand.replyTo(posted)).text, / %/)
    assert.equal(repliesTo(world, posted.id).length, 1)
  }))

test('killed just after it had answered: hours later it does not answer again', () =>
  inWorld(async (world) => {
    const { stand, people, start, home, runTrainingJob, pictures } = world
    const bot = await start()
    await runTrainingJob(people.teacher, ['Akari', 'Botan'], 3)
    const answered = stand.post(people.member, `<@${stand.bot.id}>`, await pictures('Akari', 30, 31))
    await stand.replyTo(answered)
    await bot.stop()
    // As the kill leaves it, and as Discord has it after some minutes.
    const database = new SQLite(join(home, 'mekiki.sqlite'))
    const work = JSON.stringify({ call: 'mention', uploads: [], locale: null, parent: null })
    database.prepare('update messages set work = ? where id = ?').run(work, answered.id)
    stand.nonces.clear()
    await start()
    const isOpen = (): boolean => database.prepare('select 1 from messages where work is not null').get() !== undefined
    await until(
      () => !isOpen(),
      () => 'still open',
    )
    database.close()
    assert.equal(repliesTo(world, answered.id).length, 1)
  }))

test('an address that expired while the bot was down is read anew from the message', () =>
  inWorld(async (world) => {
    const { stand, people, start, runTrainingJob, pictures } = world
    await start()
    await runTrainingJob(people.teacher, ['Akari', 'Botan'], 3)
    const [posted] = await killWith(world, 1)
    assert.ok(posted)
    const [old] = posted.attachments
    assert.ok(old)
    stand.lose(old)
    posted.attachments = await pictures('Akari', 30, 31)
    await start()
    assert.match((await stand.replyTo(posted)).text, / %|recognize|Probably/)
    assert.equal(repliesTo(world, posted.id).length, 1)
  }))
