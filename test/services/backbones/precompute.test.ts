// Features that training needs are computed before anybody trains.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { draw } from '../../../demo/characters.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import { picturesWithout, type ViewSet, viewKey } from '../../../src/db/features.ts'
import { fileSource } from '../../../src/files/sources.ts'
import { parseLabel } from '../../../src/label.ts'
import { completeFeatures } from '../../../src/services/backbones/features.ts'
import { startPrecompute } from '../../../src/services/backbones/precompute.ts'
import { addPictures } from '../../../src/services/labeling.ts'
import { openTestApp } from '../../support/test-app.ts'

const { app, home } = await openTestApp()

test('features of mirrored and random views are there soon after a picture is added, so that training has only to read', async () => {
  const failures: object[] = []
  const precompute = startPrecompute(app, (event) => failures.push(event))
  const dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  const files = await Promise.all([0, 1, 2].map((k) => draw(join(home, 'drawn'), 'Akari', k)))
  const labelled = files.map((file) => ({ source: fileSource(file), label: parseLabel('one') }))
  for await (const outcome of addPictures(app, { dataset, by: 'test' }, labelled))
    assert.ok(typeof outcome === 'object')
  const missing = async (kept: ViewSet) => (await picturesWithout(app.db, dataset, viewKey(EMBEDDED.id, kept))).length
  assert.ok((await missing('views')) > 0)
  for (let i = 0; i < 600 && (await missing('mirrored')) + (await missing('views')) > 0; i++) await sleep(50)
  assert.deepEqual([await missing('mirrored'), await missing('views')], [0, 0])
  const left: object[] = []
  for await (const step of completeFeatures(app, dataset, { backbones: [EMBEDDED], effort: 'fast' })) left.push(step)
  assert.deepEqual(left, [])
  await precompute.stop()
  assert.deepEqual(failures, [])
})
