// Which trained versions stay.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOCAL_SERVER } from '../../../src/db/datasets.ts'
import { forgetPerson } from '../../../src/db/forget-person.ts'
import { renameLabel } from '../../../src/db/labels.ts'
import { readActiveLabels } from '../../../src/db/version-labels.ts'
import { activateVersion, listVersions } from '../../../src/db/versions.ts'
import { parseLabel } from '../../../src/label.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { fillDataset } from '../../support/made-up.ts'
import { openTestApp } from '../../support/test-app.ts'

const { app } = await openTestApp()
const dataset = await fillDataset(app, 40, 2)

const start = () => trainVersion(app, dataset, { heads: ['means'], budget: 0, by: 'test' })
const train = () => runToEnd(start())
const numbers = async () => (await listVersions(app.db, dataset)).map((v) => v.number)
const activeNumber = async () => (await listVersions(app.db, dataset)).find((v) => v.current)?.number

test('the last ten are kept, and the active one', async () => {
  for (let i = 0; i < 3; i++) await train()
  await activateVersion(app.db, dataset, { number: 1, by: 'test' })
  // Worse than the active one for a while, so that it stays.
  await fillDataset(app, 40, 2, { from: 40, shift: 1, by: 'mallory' })
  for (let i = 0; i < 10; i++) assert.equal((await train()).promoted, false)
  assert.deepEqual(await numbers(), [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
  assert.equal(await activeNumber(), 1)
  await assert.rejects(activateVersion(app.db, dataset, { number: 2, by: 'test' }), { code: 'version.not-found' })
})

test('after a forgetting, versions that may have learned from it stay until the next training, and no longer', async () => {
  await fillDataset(app, 4, 2, { from: 80, by: 'alice' })
  const running = start()
  for (let isReading = false; !isReading; ) {
    const step = await running.next()
    assert.ok(!step.done)
    isReading = step.value.of === 'percent'
  }
  await forgetPerson(app.db, { server: LOCAL_SERVER, by: 'alice' })
  const learnedFromIt = await runToEnd(running)
  assert.equal(learnedFromIt.examples, 84)
  assert.equal((await numbers()).length, 11)
  const next = await train()
  assert.deepEqual([next.examples, next.promoted, next.reason], [80, true, 'forgotten'])
  assert.deepEqual([await numbers(), await activeNumber()], [[next.version], next.version])
  const later = await train()
  assert.deepEqual(await numbers(), [next.version, later.version])
})

test('a label that is renamed while a version is trained is answered by its new name', async () => {
  const running = start()
  for (let isReading = false; !isReading; ) {
    const step = await running.next()
    assert.ok(!step.done)
    isReading = step.value.of === 'percent'
  }
  await renameLabel(app.db, dataset, { from: parseLabel('label-0'), to: parseLabel('cat'), by: 'test' })
  const { version } = await runToEnd(running)
  assert.deepEqual(await readActiveLabels(app.db, dataset), { number: version, names: ['cat', 'label-1'] })
})
