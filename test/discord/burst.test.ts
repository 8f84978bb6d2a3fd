// A burst of 500 pictures over 20 servers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { burst } from '../support/discord/burst.ts'
import { openWorld } from '../support/discord/world.ts'

test('500 pictures over 20 servers: every one is answered once, or honestly refused, in bounded memory', async () => {
  const world = await openWorld()
  await world.start()
  const { pictures, answered, wrong, peakMiB } = await burst(world, 20, 25)
  const complaints = await world.close()
  assert.equal(pictures, 500)
  assert.equal(wrong, 0)
  assert.ok(answered >= 400, `${answered} answered`)
  assert.ok(peakMiB < 700, `${peakMiB} MiB`)
  assert.deepEqual(complaints, [])
})
