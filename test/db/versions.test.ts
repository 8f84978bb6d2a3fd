import assert from 'node:assert/strict'
import {
  activateVersion,
  addVersion,
  listVersions,
  type RequireHeld,
  readActiveNumber,
  readActiveSummary,
  readVersion,
} from '../../src/db/versions.ts'
import { BACKBONE, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'
import { madeUpSummary, surveyOf } from '../support/versions.ts'

type Dataset = Awaited<ReturnType<typeof makeDataset>>

const add = ({ db, dataset }: Dataset, activate: boolean, summary: object, requireHeld?: RequireHeld) =>
  addVersion(db, dataset, {
    backbone: BACKBONE,
    summary: { ...madeUpSummary, ...summary },
    classifier: { made: 'up' },
    survey: surveyOf([]),
    activate,
    by: 'ann',
    requireHeld,
  })
const train = async (made: Dataset, activate: boolean, examples = 4): Promise<number> =>
  (await add(made, activate, { examples })).number

test('before anything was trained there is no active version', async () => {
  const { db, dataset } = await makeDataset()
  assert.equal(await readActiveNumber(db, dataset), undefined)
  assert.equal(await readVersion(db, dataset, 1), undefined)
  assert.equal(await readActiveSummary(db, dataset), undefined)
  assert.deepEqual(await listVersions(db, dataset), [])
})

test('versions are numbered from 1; one that is worse is kept and not activated', async () => {
  const made = await makeDataset()
  assert.equal(await train(made, true, 4), 1)
  assert.equal(await train(made, false, 5), 2)
  const { db, dataset } = made
  assert.equal(await readActiveNumber(db, dataset), 1)
  assert.deepEqual(
    (await listVersions(db, dataset)).map((v) => [v.number, v.current, v.summary.examples]),
    [
      [1, true, 4],
      [2, false, 5],
    ],
  )
})

test('the active version is read with its classifier as it was written', async () => {
  const made = await makeDataset()
  await train(made, true)
  const active = await readVersion(made.db, made.dataset, 1)
  assert.deepEqual(active, { number: 1, backbone: BACKBONE, classifier: '{"made":"up"}', summary: madeUpSummary })
})

test('what one training writes twice, because it did not hear of the first, is one version', async () => {
  const made = await makeDataset()
  const first = { readAt: '2026-11-01T10:00:00.000Z', dataHash: 'a' }
  const held = async (): Promise<void> => {}
  const numbers = []
  for (const summary of [first, first, { ...first, readAt: '2026-11-01T10:00:01.000Z' }, first])
    numbers.push((await add(made, true, summary, held)).number)
  assert.deepEqual(numbers, [1, 1, 2, 1])
  assert.equal((await listVersions(made.db, made.dataset)).length, 2)
  assert.equal(await readActiveNumber(made.db, made.dataset), 2)
})

test('another version can be activated', async () => {
  const made = await makeDataset()
  await train(made, true, 4)
  await train(made, true, 5)
  const { db, dataset } = made
  await activateVersion(db, dataset, { number: 1, by: 'ann' })
  assert.equal(await readActiveNumber(db, dataset), 1)
  assert.equal((await readActiveSummary(db, dataset))?.examples, 4)
})

test('a summary that this program does not understand is a clear error', async () => {
  const made = await makeDataset()
  await train(made, true)
  const { db, dataset } = made
  await db.updateTable('versions').set({ measurement: '{"head":1}' }).execute()
  await assert.rejects(readVersion(db, dataset, 1), { code: 'version.unreadable' })
  await assert.rejects(listVersions(db, dataset), { code: 'version.unreadable' })
})

test('one that has seen fewer changes than the active one is kept and not activated; after a rollback it may be', async () => {
  const made = await makeDataset()
  const { db, dataset } = made
  assert.deepEqual(await add(made, true, { changeMark: 5 }), { number: 1, isOvertaken: false })
  assert.deepEqual(await add(made, true, { changeMark: 9 }), { number: 2, isOvertaken: false })
  assert.deepEqual(await add(made, true, { changeMark: 7 }), { number: 3, isOvertaken: true })
  assert.equal(await readActiveNumber(db, dataset), 2)
  await activateVersion(db, dataset, { number: 1, by: 'ann' })
  assert.deepEqual(await add(made, true, { changeMark: 7 }), { number: 4, isOvertaken: false })
  assert.equal(await readActiveNumber(db, dataset), 4)
})
