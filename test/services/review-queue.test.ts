// What reviewers have before them on the page: several at once, of which no two reviewers share any.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { registry } from '../../commands/registry.ts'
import { parseOptions } from '../../src/commands/parse-options.ts'
import type { Results } from '../../src/commands/results.ts'
import { joinServer } from '../../src/db/servers.ts'
import { addVersion } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'
import { changeSettings } from '../../src/services/settings.ts'
import { type App, openApp } from '../support/app.ts'
import { addNew, BACKBONE, openMain } from '../support/database.ts'
import { madeUpSummary, surveyOf, suspectOf } from '../support/versions.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-queue-'))
const app: App = await openApp(home)
after(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})

type Queue = Results['reviewQueue']

let servers = 0
let server = ''
let dataset = 0
let ids: number[] = []

/** 30 suspects, the worst first: every third looks like nothing, the others like a dog. */
beforeEach(async () => {
  server = `${++servers}`
  await joinServer(app.db, server)
  dataset = await openMain(app.db, server)
  await addNew(app.db, dataset, { label: 'dog', pixels: 'a dog' })
  ids = []
  for (let i = 0; i < 30; i++) ids.push(await addNew(app.db, dataset, { label: 'cat', pixels: `suspect ${i}` }))
  await addNew(app.db, dataset, { label: 'cat', pixels: 'a cat' })
  const suspicions = ids.map((id, i) => {
    const suspect = suspectOf(id, 0.9 - i / 1000)
    return i % 3 > 0 ? suspect : { ...suspect, suggested: null, reasons: [{ kind: 'unlike' as const }] }
  })
  const survey = surveyOf(suspicions)
  // Nobody can read a made-up classifier: a review does without.
  const version = { backbone: BACKBONE, summary: madeUpSummary, classifier: {}, survey, activate: true, by: 'ann' }
  await addVersion(app.db, dataset, version)
})

async function run(by: string, name: string, options: Record<string, unknown> = {}) {
  const command = (await registry.find(name, 'web'))!
  const call = {
    app,
    commands: registry,
    server,
    dataset,
    by,
    screen: { page: 1 },
    options: parseOptions(command, options, { frontEnd: 'web' }),
    requireAccess(access: string): void {
      if (access === 'manager') throw new UserError('access.denied', 'made up')
    },
  }
  const results = []
  for await (const event of command.run(call)) if ('result' in event) results.push(event.result)
  return results[0]!
}

async function queueOf(by: string, options: Record<string, unknown> = {}, name = 'review'): Promise<Queue> {
  const result = await run(by, name, options)
  assert.equal(result.key, 'reviewQueue')
  return result.values as Queue
}
const decide = (by: string, options: Record<string, unknown>) => queueOf(by, options, 'decide')
const examplesOf = ({ suspects }: Queue): number[] => suspects.map(({ example }) => example)
const shownOf = (queue: Queue, from = 0, to = from + 1): string =>
  queue.suspects
    .slice(from, to)
    .map(({ example, labelId }) => `${example}:${labelId}`)
    .join(',')

test('some are claimed at once, the worst first, with typical pictures of their labels', async () => {
  const queue = await queueOf('ann')
  assert.deepEqual(examplesOf(queue), ids.slice(0, 12))
  assert.equal(queue.left, 30)
  assert.deepEqual(queue.typical.map(({ label }) => label).toSorted(), ['cat', 'dog'])
  for (const { examples } of queue.typical) assert.equal(examples.length, 1)
  assert.deepEqual(queue.suspects[1]!.likely, ['dog'])
})

test('the next reviewer has the next ones', async () => {
  await queueOf('ann')
  assert.deepEqual(examplesOf(await queueOf('bob')), ids.slice(12, 24))
  assert.deepEqual(examplesOf(await queueOf('cid')), ids.slice(24))
})

test('two reviewers share none, whether they look at one by one or at groups', async () => {
  const seen = new Set<number>()
  for (const [by, grouped] of [
    ['ann', false],
    ['bob', true],
    ['cid', false],
  ] as const)
    for (const example of examplesOf(await queueOf(by, { grouped }))) {
      assert.ok(!seen.has(example), `${example} is shown to two`)
      seen.add(example)
    }
  assert.equal(seen.size, 30)
})

test('what a reviewer no longer has before them is there for others', async () => {
  const grouped = await queueOf('ann', { grouped: true })
  assert.equal(grouped.suspects.length, 30)
  await queueOf('ann')
  assert.equal(examplesOf(await queueOf('bob', { grouped: true })).length, 18)
})

test('groups are of one suggestion each, that of the worst first', async () => {
  const { suspects } = await queueOf('ann', { grouped: true })
  const suggestions = suspects.map(({ suggested }) => suggested)
  assert.deepEqual(suggestions, [...Array(10).fill(null), ...Array(20).fill('dog')])
})

test('a decision takes one away and is taken back with the key that undoes; it comes first again', async () => {
  const queue = await queueOf('ann')
  const next = await decide('ann', { decision: 'exclude', shown: shownOf(queue, 5) })
  assert.equal(next.left, 29)
  assert.deepEqual(next.after, { decision: 'exclude', waits: false })
  assert.ok(!examplesOf(next).includes(ids[5]!))
  const undone = await decide('ann', { decision: 'undo' })
  assert.equal(examplesOf(undone)[0], ids[5])
  assert.equal(undone.left, 30)
})

test('several are decided about together, and undone together', async () => {
  const queue = await queueOf('ann', { grouped: true })
  const moved = await decide('ann', { decision: 'move', label: 'dog', shown: shownOf(queue, 10, 19), grouped: true })
  assert.equal(moved.after!.pictures, 9)
  assert.equal(moved.left, 21)
  const undone = await decide('ann', { decision: 'undo', grouped: true })
  assert.equal(undone.left, 30)
})

test('a skipped one is left to others until that is taken back', async () => {
  const queue = await queueOf('ann')
  const shown = shownOf(queue)
  const skipped = await decide('ann', { decision: 'skip', shown })
  assert.deepEqual([skipped.left, skipped.skipped], [29, 1])
  assert.ok(!examplesOf(skipped).includes(ids[0]!))
  assert.equal(examplesOf(await queueOf('bob'))[0], ids[0])
  await queueOf('bob', { grouped: false })
  const again = await decide('ann', { decision: 'unskip', shown })
  // Another reviewer looks at it by now.
  assert.ok(!examplesOf(again).includes(ids[0]!))
  await decide('bob', { decision: 'skip', shown })
  assert.equal(examplesOf(await decide('ann', { decision: 'unskip', shown }))[0], ids[0])
})

test('what has changed since it was shown stays as it is, and is told', async () => {
  const queue = await queueOf('ann')
  await decide('bob', { decision: 'keep', shown: shownOf(queue) })
  const { after, left } = await decide('ann', { decision: 'exclude', shown: shownOf(queue) })
  assert.deepEqual(after, {
    decision: 'exclude',
    waits: false,
    pictures: 0,
    changed: [{ example: ids[0], label: 'cat' }],
  })
  assert.equal(left, 29)
})

test('where two must agree, a decision waits, and the other sees that somebody has decided', async () => {
  await changeSettings(app.db, { server, by: 'max', detail: {} }, (settings) => {
    settings.agreement = 2
  })
  const queue = await queueOf('ann')
  assert.equal(queue.agreement, 2)
  const next = await decide('ann', { decision: 'exclude', shown: shownOf(queue) })
  assert.equal(next.after!.waits, true)
  const others = await queueOf('bob', { grouped: true })
  assert.equal(others.suspects.find(({ example }) => example === ids[0])!.votes, 1)
  const agreed = await decide('bob', { decision: 'exclude', shown: `${ids[0]}:${queue.suspects[0]!.labelId}` })
  assert.equal(agreed.after!.waits, false)
})

test('a label that is not there is asked about first', async () => {
  const queue = await queueOf('ann')
  const asked = await run('ann', 'decide', { decision: 'move', label: 'cow', shown: shownOf(queue) })
  assert.equal(asked.key, 'newLabelAsk')
  const [create] = asked.choices!
  const { after } = await decide('ann', create!.options)
  assert.deepEqual(after, { decision: 'move', waits: false })
})

test('texts that are no pairs of numbers are refused', async () => {
  for (const shown of ['', 'a', '1', '1:2,', '1:2;3:4'])
    await assert.rejects(run('ann', 'decide', { decision: 'keep', shown }), { code: 'option.invalid' })
})
