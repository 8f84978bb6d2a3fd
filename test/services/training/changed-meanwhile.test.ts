// What is decided about labels and versions while a version is trained, or before: it is compared with what is active then,
// and its labels are what they are called then.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readActiveLabels } from '../../../src/db/version-labels.ts'
import { activateVersion, listVersions } from '../../../src/db/versions.ts'
import { parseLabel } from '../../../src/label.ts'
import { giveLabelName, joinLabels, removeLabel } from '../../../src/services/label-changes.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { fillDataset } from '../../support/made-up.ts'
import { openTestApp } from '../../support/test-app.ts'

const { app } = await openTestApp()

const start = (dataset: number) =>
  trainVersion(app, dataset, { heads: ['means'], budget: 0, robust: false, by: 'test' })

/** Trains, and does something once the examples were read. */
async function trainWhile(dataset: number, work: () => Promise<unknown>) {
  const running = start(dataset)
  for (let isReading = false; !isReading; ) {
    const step = await running.next()
    assert.ok(!step.done)
    isReading = step.value.of === 'percent'
  }
  await work()
  return runToEnd(running)
}

const activeNumber = async (dataset: number) => (await listVersions(app.db, dataset)).find((v) => v.current)?.number
const rename = (dataset: number, from: string, to: string) =>
  giveLabelName(app, dataset, { from: parseLabel(from), to: parseLabel(to), by: 'max' })

test('renamed, merged and deleted while a version is trained: it answers with what there is then', async () => {
  const dataset = await fillDataset(app, 80, 4, { server: '1' })
  const by = { by: 'max', as: 'manager' as const }
  const trained = await trainWhile(dataset, async () => {
    await rename(dataset, 'label-0', 'cat')
    await joinLabels(app, dataset, { from: parseLabel('label-1'), into: parseLabel('label-2'), ...by })
    await removeLabel(app, dataset, { label: parseLabel('label-3'), ...by })
  })
  assert.deepEqual([trained.labels, trained.promoted], [4, true])
  assert.deepEqual(await readActiveLabels(app.db, dataset), {
    number: trained.version,
    names: ['cat', 'label-2', 'label-2', null],
  })
  const next = await runToEnd(start(dataset))
  assert.deepEqual([next.labels, next.promoted], [2, true])
  assert.deepEqual((await readActiveLabels(app.db, dataset))?.names, ['cat', 'label-2'])
})

test('labels that were only renamed are the same ones: a worse version is held back, and not reported as active', async () => {
  const dataset = await fillDataset(app, 40, 2, { server: '2' })
  const first = await runToEnd(start(dataset))
  // The latest ones are right: no label has drifted.
  await fillDataset(app, 40, 2, { server: '2', from: 40, shift: 1, by: 'mallory' })
  await fillDataset(app, 40, 2, { server: '2', from: 80 })
  await rename(dataset, 'label-0', 'cat')
  const second = await runToEnd(start(dataset))
  assert.deepEqual([second.promoted, second.reason], [false, 'worse'])
  const third = await trainWhile(dataset, () => rename(dataset, 'label-1', 'dog'))
  assert.deepEqual([third.promoted, third.reason], [false, 'worse'])
  assert.deepEqual(await readActiveLabels(app.db, dataset), { number: first.version, names: ['cat', 'dog'] })
  // It is what a manager activated meanwhile that a version is compared with.
  const fourth = await trainWhile(dataset, () =>
    activateVersion(app.db, dataset, { number: second.version, by: 'max' }),
  )
  assert.deepEqual([fourth.promoted, fourth.reason], [true, 'as-good'])
  assert.equal(await activeNumber(dataset), fourth.version)
})
