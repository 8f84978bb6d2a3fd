// A burst of 500 pictures over 20 servers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { burst } from '../support/discord/burst.ts'
import { openWorld } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

test('500 pictures over 20 servers: every one is answered once, or honestly refused, in bounded memory', async () => {
  const world = await openWorld()
  await world.start()
  // A bot that goes on would keep the test from ending.
  const outcome = burst(world, 20, 25)
  await outcome.catch(() => {})
  const complaints = await world.close()
  const { pictures, answered, wrong, peakMiB } = await outcome
  assert.equal(pictures, 500)
  assert.equal(wrong, 0)
  assert.ok(answered >= 400, `${answered} answered`)
  assert.ok(peakMiB < 900, `${peakMiB} MiB`)
  assert.deepEqual(complaints, [])
})

test('more than can wait in one server is refused with a reaction, and another server is answered meanwhile', async () => {
  const world = await openWorld()
  await world.start()
  const { stand, guild, people, pictures, runTrainingJob } = world
  await runTrainingJob(people.manager, ['Akari', 'Botan'], 3)
  const [file] = await pictures('Akari', 40, 41)
  const posters = Array.from({ length: 9 }, (_, i) => stand.addUser(`poster ${i}`, guild))
  const posts = Array.from({ length: 380 }, (_, k) =>
    stand.post({ guild, user: posters[k % 9]! }, `<@${stand.bot.id}>`, [file!]),
  )
  const other = stand.addGuild('other')
  const asked = stand.command({ guild: other, user: other.owner }, 'predict', {}, [file!])
  assert.match(await stand.textOf(asked, /haven’t been trained yet/), /haven’t been trained/)
  const refused = () => new Set(stand.reactions.map((r) => r.message))
  const replied = () => new Set(stand.said.map((m) => (m.message_reference as { message_id?: string })?.message_id))
  const isDone = () => refused().size + replied().size >= posts.length
  assert.ok(!isDone())
  await until(isDone, () => `${refused().size} refused, ${replied().size} answered`)
  await world.close()
  assert.ok(refused().size >= 20, `${refused().size} refused`)
  assert.ok(stand.reactions.every((r) => r.emoji === '⏳'))
  for (const { id } of posts) assert.notEqual(refused().has(id), replied().has(id))
  assert.deepEqual(stand.complaints, [])
})
