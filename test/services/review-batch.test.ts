// Suspects that are alike are decided about together, as the front ends do it: by what each result offers.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { registry } from '../../commands/registry.ts'
import type { Choice, Result } from '../../src/commands/define.ts'
import { parseOptions } from '../../src/commands/parse-options.ts'
import type { Results } from '../../src/commands/results.ts'
import { deleteLabel, renameLabel } from '../../src/db/labels.ts'
import { decide } from '../../src/db/reviews.ts'
import { joinServer } from '../../src/db/servers.ts'
import { listSuspects } from '../../src/db/suspects.ts'
import { standingOf } from '../../src/db/transitions.ts'
import { addVersion } from '../../src/db/versions.ts'
import { UserError } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'
import { changeSettings } from '../../src/services/settings.ts'
import { type App, openApp } from '../support/app.ts'
import { addNew, BACKBONE, openMain } from '../support/database.ts'
import { madeUpSummary, surveyOf, suspectOf } from '../support/versions.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-batches-'))
const app: App = await openApp(home)
after(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})

let servers = 0
let server = ''
let dataset = 0
let ids: number[] = []

/** Suspects of cat and cow that look like a dog, and `unlike` that look like nothing. */
async function makeSuspects(dogs: number, unlike = 0): Promise<void> {
  server = `${++servers}`
  await joinServer(app.db, server)
  dataset = await openMain(app.db, server)
  await addNew(app.db, dataset, { label: 'dog', pixels: 'a dog' })
  ids = []
  for (let i = 0; i < dogs + unlike; i++)
    ids.push(await addNew(app.db, dataset, { label: i % 3 === 0 ? 'cow' : 'cat', pixels: `suspect ${i}` }))
  const suspicions = ids.map((id, i) => {
    const suspect = suspectOf(id, 0.9 - i / 1000)
    return i < dogs ? suspect : { ...suspect, suggested: null, reasons: [{ kind: 'unlike' as const }] }
  })
  await addVersion(app.db, dataset, {
    backbone: BACKBONE,
    summary: madeUpSummary,
    classifier: {},
    survey: surveyOf(suspicions),
    activate: true,
    by: 'ann',
  })
}
beforeEach(() => makeSuspects(20))

async function run(by: string, name: string, options: Record<string, unknown>): Promise<Result> {
  const command = await registry.find(name, 'discord')
  assert.ok(command, name)
  const call = {
    app,
    commands: registry,
    server,
    dataset,
    by,
    screen: { page: 1 },
    requireAccess(access: string): void {
      if (access === 'manager') throw new UserError('access.denied', 'made up')
    },
    options: parseOptions(command, options, { frontEnd: 'discord' }),
  }
  const events = await Array.fromAsync(command.run(call))
  const last = events.at(-1)
  assert.ok(last && 'result' in last)
  return last.result
}

const review = (by: string) => run(by, 'review', {})

/** Does what a button of a result does. */
function press(by: string, { choices = [] }: Result, key: Choice['key']): Promise<Result> {
  const choice = choices.find((c) => c.key === key)
  assert.ok(choice, `${key} among ${choices.map((c) => c.key)}`)
  return run(by, choice.command, choice.options)
}

function batchOf(result: Result): Results['reviewBatch'] {
  assert.equal(result.key, 'reviewBatch')
  return result.values as Results['reviewBatch']
}

async function look(example: number): Promise<string> {
  const query = app.db.selectFrom('examples').innerJoin('labels', 'labels.id', 'examples.label')
  const row = await query.select(['state', 'vouched', 'name']).where('examples.id', '=', example).executeTakeFirst()
  return row ? `${row.name} ${standingOf(row)}` : 'gone'
}

test('twenty suspects take at most eight taps', async () => {
  await makeSuspects(17, 3)
  let taps = 1
  let result = await review('rita')
  while (result.key !== 'reviewDone') {
    taps++
    result = await press('rita', result, batchOf(result).suggested === null ? 'excludeAll' : 'moveAll')
  }
  assert.ok(taps <= 8, `${taps}`)
  assert.deepEqual(await listSuspects(app.db, dataset), [])
  const states = await Promise.all(ids.map(look))
  assert.deepEqual(new Set(states.slice(0, 17)), new Set(['dog vouched']))
  assert.deepEqual(new Set(states.slice(17)), new Set(['cow excluded', 'cat excluded']))
})

test('the worst nine come first, with how many are left and a typical picture of the label', async () => {
  const result = await review('rita')
  const { suggested, suspects, left, after: before } = batchOf(result)
  assert.deepEqual([suggested, left, before], ['dog', 20, null])
  assert.deepEqual(
    suspects.map((s) => s.example),
    ids.slice(0, 9),
  )
  assert.equal(result.gallery?.length, 10)
  assert.deepEqual([result.gallery?.at(-1)?.caption, result.gallery?.[0]?.note], ['dog', `#${ids[0]}`])
})

test('two reviewers get different pictures; who asks again gets the same', async () => {
  const own = async (by: string) => batchOf(await review(by)).suspects.map((s) => s.example)
  const [rita, sam] = [await own('rita'), await own('sam')]
  assert.deepEqual(new Set([...rita, ...sam]).size, 18)
  assert.deepEqual(await own('rita'), rita)
})

test('what changed since it was shown is left as it is, and listed; the rest is decided', async () => {
  const shown = await review('rita')
  const [moved = 0, kept = 0, deleted = 0] = ids
  const max = { by: 'max', as: 'manager' as const, agreement: 1 }
  await decide(app.db, dataset, { ...max, examples: [moved], decision: 'move', label: parseLabel('owl') })
  await decide(app.db, dataset, { ...max, examples: [kept], decision: 'keep' })
  await decide(app.db, dataset, { ...max, examples: [deleted], decision: 'move', label: parseLabel('gone') })
  await deleteLabel(app.db, dataset, { label: parseLabel('gone'), by: 'max', as: 'manager' })
  // Renaming changes nothing about them.
  await renameLabel(app.db, dataset, { from: parseLabel('cat'), to: parseLabel('kitten'), by: 'max' })
  const { after: outcome } = batchOf(await press('rita', shown, 'moveAll'))
  assert.deepEqual(outcome, {
    decision: 'move',
    waits: false,
    pictures: 6,
    changed: [
      { example: moved, label: 'owl' },
      { example: kept, label: 'kitten' },
      { example: deleted, label: null },
    ],
  })
  assert.deepEqual(await Promise.all(ids.slice(0, 4).map(look)), [
    'owl vouched',
    'kitten vouched',
    'gone deleted',
    'dog vouched',
  ])
})

test('pressed a second time, nothing more is changed, and that is said', async () => {
  const shown = await review('rita')
  await press('rita', shown, 'keepAll')
  const { after: outcome } = batchOf(await press('rita', shown, 'moveAll'))
  assert.deepEqual([outcome?.pictures, outcome?.changed?.length], [0, 9])
  assert.equal(await look(ids[0] ?? 0), 'cow vouched')
})

test('a batch is undone as a whole, but for what somebody changed since', async () => {
  const shown = await review('rita')
  const moved = await press('rita', shown, 'moveAll')
  const [first = 0] = ids
  const max = { by: 'max', as: 'manager' as const, agreement: 1 }
  await decide(app.db, dataset, { ...max, examples: [first], decision: 'exclude' })
  const undone = await press('rita', moved, 'undo')
  assert.deepEqual(batchOf(undone).after, { decision: 'undo', waits: false, pictures: 8 })
  assert.deepEqual(await Promise.all(ids.slice(0, 3).map(look)), ['dog excluded', 'cat kept', 'cat kept'])
  await assert.rejects(press('rita', moved, 'undo'), { code: 'review.nothing-to-undo' })
})

test('one by one, beside typical pictures, until those that are alike are done', async () => {
  await makeSuspects(3, 3)
  const shown = await review('rita')
  let result = await press('rita', shown, 'oneByOne')
  for (let i = 0; i < 3; i++) {
    assert.equal(result.key, 'review')
    assert.equal((result.values as Results['review']).example, ids[i])
    result = await press('rita', result, i === 0 ? 'moveTo' : 'keep')
  }
  assert.equal(batchOf(result).suggested, null)
  assert.deepEqual(await Promise.all(ids.slice(0, 3).map(look)), ['dog vouched', 'cat vouched', 'cat vouched'])
})

test('skipped together, they are left to others', async () => {
  const next = await press('rita', await review('rita'), 'skipAll')
  assert.deepEqual(
    batchOf(next).suspects.map((s) => s.example),
    ids.slice(9, 18),
  )
  assert.deepEqual(
    batchOf(await review('sam')).suspects.map((s) => s.example),
    ids.slice(0, 9),
  )
})

test('where two must agree, a batch waits for the other, who is shown it', async () => {
  await changeSettings(app.db, { server, by: 'max', detail: {} }, (settings) => {
    settings.agreement = 2
  })
  const shown = await review('rita')
  const { after: outcome } = batchOf(await press('rita', shown, 'moveAll'))
  assert.deepEqual(outcome, { decision: 'move', waits: true, pictures: 9 })
  const other = await review('sam')
  assert.deepEqual(
    batchOf(other).suspects.map((s) => s.example),
    ids.slice(0, 9),
  )
  await press('sam', other, 'moveAll')
  assert.equal(await look(ids[8] ?? 0), 'dog vouched')
})

test('a label that is gone since is not made again: neither by a button of many nor by one of a single picture', async () => {
  const shown = await review('rita')
  await deleteLabel(app.db, dataset, { label: parseLabel('dog'), by: 'max', as: 'manager' })
  await assert.rejects(press('rita', shown, 'moveAll'), { code: 'label.not-found' })
  const asked = await run('rita', 'decide', { example: ids[0], decision: 'move', label: 'dgo' })
  assert.deepEqual([asked.key, asked.values], ['newLabelAsk', { label: 'dgo', example: ids[0] }])
  assert.equal(await look(ids[0] ?? 0), 'cow kept')
  await press('rita', asked, 'createLabel')
  assert.equal(await look(ids[0] ?? 0), 'dgo vouched')
})
