// What was said once is remembered for a day, and for so many at most; replies that wait for a training, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LearnedReplies } from '../../src/discord/learned-replies.ts'
import { SaidOnce } from '../../src/discord/messages/said-once.ts'
import { languages } from '../../src/discord/words.ts'

const HOUR = 3600_000

test('a thing is new once a day', () => {
  let now = 0
  const said = new SaidOnce(() => now)
  assert.ok(said.isNew('a'))
  now = 23 * HOUR
  assert.ok(!said.isNew('a'))
  assert.ok(said.isNew('b'))
  now = 24 * HOUR
  assert.ok(said.isNew('a'))
})

test('of very many things the oldest are forgotten', () => {
  const said = new SaidOnce(() => 0)
  for (let i = 0; i <= 5_000; i++) assert.ok(said.isNew(`${i}`))
  assert.ok(said.isNew('0'))
  assert.ok(!said.isNew('5000'))
})

const reply = (dataset: number, place: string) => ({
  dataset,
  place,
  result: { key: 'added' as const, values: { added: 1, duplicates: 0, rejected: [] } },
  words: languages.en,
  edit: async () => {},
})

test('a reply waits for the training that reads its pictures, for an hour, and the latest of a place for the others', () => {
  let now = 0
  const replies = new LearnedReplies(() => now)
  replies.expect(reply(1, 'here'))
  replies.expect(reply(1, 'here'))
  replies.expect(reply(1, 'there'))
  replies.expect(reply(2, 'here'))
  // Trained before anything of it was read.
  assert.deepEqual(replies.onTrained(1), [])
  replies.onStarted(1)
  replies.expect(reply(1, 'late'))
  assert.deepEqual(
    replies.onTrained(1).map(({ place }) => place),
    ['here', 'there'],
  )
  assert.deepEqual(replies.onTrained(1), [])
  now = HOUR
  replies.onStarted(1)
  assert.deepEqual(replies.onTrained(1), [])
})

test('so many replies wait at most', () => {
  const replies = new LearnedReplies(() => 0)
  for (let i = 0; i < 80; i++) replies.expect(reply(1, `${i}`))
  replies.onStarted(1)
  assert.equal(replies.onTrained(1).length, 50)
})
