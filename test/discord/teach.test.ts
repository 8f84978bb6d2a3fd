// File, train, ask: the way of a picture through the real discord.js, from event to answer.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../support/discord/world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
})
after(async () => assert.deepEqual(await world.close(), []))

test('label, train and predict', async () => {
  const { stand, people, pictures, teach } = world
  const trained = await teach(people.teacher, ['Akari', 'Botan', 'Chika'])
  assert.match(trained, /Right about \*\*\d+ %\*\*/)
  assert.match(trained, /It is in use/)
  const asked = stand.command(people.member, 'predict', {}, await pictures('Botan', 20, 21))
  assert.match(await stand.textOf(asked), /\*\*Botan\*\* · \d+ %|I don’t know/)
})
