import assert from 'node:assert/strict'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import { addBackbone } from '../../src/db/backbones.ts'
import {
  allDatasets,
  datasetBackbones,
  LOCAL_SERVER,
  listDatasets,
  openDataset,
  readServerOf,
  setDatasetBackbones,
} from '../../src/db/datasets.ts'
import { makeDatabase } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

test('the default dataset is always made; another one where it is asked for', async () => {
  const { db } = await makeDatabase()
  const main = await openDataset(db, { server: LOCAL_SERVER, name: 'main', create: false })
  await assert.rejects(openDataset(db, { server: LOCAL_SERVER, name: 'cats', create: false }), {
    code: 'dataset.not-found',
    message: 'Expected a dataset that exists (main), received cats',
  })
  const cats = await openDataset(db, { server: LOCAL_SERVER, name: 'cats', create: true })
  assert.notEqual(cats, main)
  assert.equal(await openDataset(db, { server: LOCAL_SERVER, name: ' cats ', create: false }), cats)
})

test('each server has datasets of its own', async () => {
  const { db } = await makeDatabase()
  const one = await openDataset(db, { server: '1', name: 'main', create: true })
  const two = await openDataset(db, { server: '2', name: 'main', create: true })
  const zoo = await openDataset(db, { server: '1', name: 'zoo', create: true })
  assert.deepEqual(await listDatasets(db, '1'), [
    { id: one, name: 'main' },
    { id: zoo, name: 'zoo' },
  ])
  const all = (await allDatasets(db)).sort((a, b) => a.id - b.id)
  assert.deepEqual(all, [
    { id: one, server: '1' },
    { id: two, server: '2' },
    { id: zoo, server: '1' },
  ])
  assert.equal(await readServerOf(db, two), '2')
})

test('a dataset is embedded with the embedded backbone until another one is chosen', async () => {
  const { db } = await makeDatabase()
  const dataset = await openDataset(db, { server: LOCAL_SERVER, name: 'main', create: true })
  assert.deepEqual(await datasetBackbones(db, dataset), [EMBEDDED])
  const other = { id: 'other@1', file: '/tmp/other.onnx', input: EMBEDDED.input }
  await addBackbone(db, other)
  await setDatasetBackbones(db, dataset, { backbones: [other], by: 'ann' })
  assert.deepEqual(await datasetBackbones(db, dataset), [other])
  await setDatasetBackbones(db, dataset, { backbones: [EMBEDDED, other], by: 'ann' })
  assert.deepEqual(await datasetBackbones(db, dataset), [EMBEDDED, other])
})

test('names that no dataset can have are refused', async () => {
  const { db } = await makeDatabase()
  const open = (name: string) => openDataset(db, { server: LOCAL_SERVER, name, create: true })
  await assert.rejects(open(' '), { code: 'dataset.empty' })
  await assert.rejects(open('x'.repeat(101)), { code: 'dataset.too-long' })
  await assert.rejects(open('a\nb'), { code: 'dataset.control-character' })
})
