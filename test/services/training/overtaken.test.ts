// Two processes train one dataset: the one that has seen more has the last word, whichever ends first.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { LOCAL_SERVER } from '../../../src/db/datasets.ts'
import { forgetPerson } from '../../../src/db/forget-person.ts'
import { addVersion, listVersions, readVersion } from '../../../src/db/versions.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'
import { fillDataset } from '../../support/made-up.ts'
import { surveyOf } from '../../support/versions.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-overtaken-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, 40, 2)
  await runToEnd(train())
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const listed = async () =>
  (await listVersions(app.db, dataset)).map(({ number, current }) => (current ? `${number} active` : `${number}`))

const train = () => trainVersion(app, dataset, { heads: ['means'], budget: 0, by: 'test' })

/** Trains; as soon as it has begun to read, another process writes a version that has read more. */
async function trainBeside(other: () => Promise<unknown>) {
  const first = await readVersion(app.db, dataset, 1)
  assert.ok(first)
  const { backbone, classifier } = first
  let overtaking: Promise<unknown> | undefined
  app.events.once('trainingStarted', (_, mark) => {
    const summary = { ...first.summary, changeMark: mark + 1000, readAt: new Date(Date.now() + 1000).toISOString() }
    const what = { backbone, summary, classifier: JSON.parse(classifier), survey: surveyOf([]) }
    overtaking = other().then(() => addVersion(app.db, dataset, { ...what, activate: true, by: 'other' }))
  })
  const { version, promoted, reason } = await runToEnd(train())
  await overtaking
  return [version, promoted, reason]
}

test('a version that was overtaken is kept and not activated', async () => {
  assert.deepEqual(await trainBeside(async () => {}), [3, false, 'overtaken'])
  assert.deepEqual(await listed(), ['1', '2 active', '3'])
})

test('one that learned from what was forgotten meanwhile is not even kept', async () => {
  await fillDataset(app, 4, 2, { from: 80, by: 'alice' })
  const outcome = await trainBeside(() => forgetPerson(app.db, { server: LOCAL_SERVER, by: 'alice' }))
  assert.deepEqual(outcome, [5, false, 'overtaken'])
  assert.ok(!(await listed()).includes('5'), (await listed()).join())
})
