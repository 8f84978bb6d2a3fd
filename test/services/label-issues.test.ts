// What a training says about single examples and about teachers, and what a manager can do about it.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import rollback from '../../commands/model/rollback.ts'
import { registry } from '../../commands/registry.ts'
import { DEFAULT_HEADS } from '../../models/heads/names.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { readIssueSummary } from '../../src/db/surveys.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { readActiveNumber } from '../../src/db/versions.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { fillDataset } from '../support/made-up.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-suspicion-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, 200, 8)
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const train = () => runToEnd(trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: 0, by: 'test' }))

test('a teacher who contradicts everybody else is named with the figures, and withdrawing helps', async () => {
  assert.equal((await train()).promoted, true)
  assert.deepEqual((await readIssueSummary(app.db, dataset))?.teachers, [])
  // The pictures of each label under the name of the next.
  await fillDataset(app, 40, 8, { by: 'mallory', seed: 1, shift: 1, from: 1000 })
  const trained = await train()
  const { teachers } = (await readIssueSummary(app.db, dataset))!
  assert.deepEqual(
    teachers.map((t) => [t.teacher, t.examples]),
    [['mallory', 40]],
  )
  const [mallory] = teachers
  assert.ok(mallory && mallory.suspected > 0.7 && mallory.others < 0.2, JSON.stringify(teachers))
  assert.ok(trained.leftOut >= 20, `${trained.leftOut}`)
  const withdraw = (withdrawn: boolean) => setWithdrawn(app.db, dataset, { teacher: 'mallory', by: 'test', withdrawn })
  assert.equal(await withdraw(true), 40)
  await train()
  assert.deepEqual((await readIssueSummary(app.db, dataset))?.teachers, [])
  assert.equal(await withdraw(false), 40)
  assert.deepEqual(await forgetPerson(app.db, { server: '', by: 'mallory' }), [{ dataset, examples: 40 }])
})

test('what a reviewer excluded does not come back with what was withdrawn', async () => {
  await fillDataset(app, 6, 2, { by: 'eve', seed: 1, from: 3000 })
  const kept = async () =>
    (await readTrainingExamples(app.db, dataset)).filter((f) => f.by === 'eve').map((f) => f.example)
  const [first, second, ...others] = await kept()
  await decide(app.db, dataset, {
    examples: [first!],
    as: 'reviewer',
    decision: 'exclude',
    by: 'reviewer',
    agreement: 1,
  })
  const withdraw = (withdrawn: boolean) => setWithdrawn(app.db, dataset, { teacher: 'eve', by: 'test', withdrawn })
  assert.equal(await withdraw(true), 5)
  assert.deepEqual(await kept(), [])
  // Only bringing all of them back leaves `withdrawn`.
  const restore = { examples: [second ?? 0], as: 'reviewer' as const, decision: 'restore' as const }
  await assert.rejects(decide(app.db, dataset, { ...restore, by: 'reviewer', agreement: 1 }), {
    code: 'review.withdrawn',
  })
  assert.deepEqual(await kept(), [])
  assert.equal(await withdraw(false), 5)
  assert.deepEqual(await kept(), [second, ...others])
  assert.deepEqual(await forgetPerson(app.db, { server: '', by: 'eve' }), [{ dataset, examples: 6 }])
  assert.deepEqual((await train()).reason, 'forgotten')
})

test('a label whose latest pictures are something else: the version waits for a manager’s yes', async () => {
  const before = await readActiveNumber(app.db, dataset)
  await fillDataset(app, 240, 8, { by: 'mallory', seed: 1, shift: 1, from: 2000, only: 0 })
  const trained = await train()
  assert.deepEqual([trained.reason, trained.promoted, trained.turned], ['turned', false, ['label-1']])
  assert.equal(await readActiveNumber(app.db, dataset), before)
  const call = { app, commands: registry, server: '', dataset, by: 'manager', requireAccess: () => {} }
  for await (const _ of rollback.run({ ...call, options: { version: String(trained.version) } }));
  assert.equal(await readActiveNumber(app.db, dataset), trained.version)
})
