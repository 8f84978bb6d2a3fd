import assert from 'node:assert/strict'
import { claim, releaseClaims } from '../../src/db/claims.ts'
import { addNew, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const FAR = 8_640_000_000_000_000
const PAST = 1

test('an example is one reviewer’s until they give it back', async () => {
  const { db, dataset } = await makeDataset()
  const example = await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  assert.equal(await claim(db, example, { by: 'rita', until: FAR }), true)
  assert.equal(await claim(db, example, { by: 'sam', until: FAR }), false)
  assert.equal(await claim(db, example, { by: 'rita', until: FAR }), true)
  await releaseClaims(db, 'rita')
  assert.equal(await claim(db, example, { by: 'sam', until: FAR }), true)
})

test('a claim that has run out is anybody’s', async () => {
  const { db, dataset } = await makeDataset()
  const example = await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await claim(db, example, { by: 'rita', until: PAST })
  assert.equal(await claim(db, example, { by: 'sam', until: FAR }), true)
  assert.equal(await claim(db, example, { by: 'rita', until: FAR }), false)
})
