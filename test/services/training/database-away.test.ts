// A PostgreSQL that restarts while a training runs, and a dataset that is deleted meanwhile by another process.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openApp } from '../../../src/app.ts'
import { listVersions } from '../../../src/db/versions.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { Gate } from '../../support/gate.ts'
import { fillDataset } from '../../support/made-up.ts'
import { postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'
import { TrainerProcess } from '../../support/trainers.ts'

const options = { skip: skipWithoutPostgres }
/** Long enough that the training comes to its end meanwhile. */
const AWAY_MS = 4_000

async function open(databaseUrl: string) {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-away-'))
  const app = await openApp(home, { databaseUrl })
  after(async () => {
    await app.close()
    rmSync(home, { recursive: true })
  })
  return app
}

test('a training goes on while the database is away, and whoever asked for it hears of its end', options, async () => {
  const gate = await Gate.before(await postgresUrl())
  after(() => gate.shut())
  const app = await open(gate.url)
  const dataset = await fillDataset(app, 200, 8)
  const trainer = await TrainerProcess.start(gate.url)
  const asked = trainVersion(app, dataset, { heads: ['svm', 'linear'], budget: 5, by: 'test' })
  // From then on it computes, and needs no database before its end.
  for (let step = await asked.next(); !step.done && step.value.of !== 'percent'; ) step = await asked.next()
  const trained = runToEnd(asked)
  await gate.shut()
  await sleep(AWAY_MS)
  await gate.open()
  const { version } = await trained
  const versions = await listVersions(app.db, dataset)
  assert.deepEqual([version, versions.length, trainer.began.length], [1, 1, 1])
  await trainer.stop()
})

test('a dataset that is deleted while another process trains it: whoever asked is told so', options, async () => {
  const url = await postgresUrl()
  const app = await open(url)
  const dataset = await fillDataset(app, 40, 2)
  const trainer = await TrainerProcess.start(url)
  const asked = runToEnd(trainVersion(app, dataset, { heads: ['svm'], budget: 0, by: 'test' }))
  const refused = assert.rejects(asked, { code: 'dataset.gone' })
  await trainer.until((said) => said.some(({ began }) => began !== undefined))
  await app.db.deleteFrom('datasets').where('id', '=', dataset).execute()
  await refused
  assert.deepEqual(trainer.wrote, [])
  await trainer.stop()
  assert.deepEqual(
    trainer.said.filter(({ problem }) => problem),
    [],
  )
})
