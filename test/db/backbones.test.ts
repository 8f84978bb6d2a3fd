import assert from 'node:assert/strict'
import { BACKBONES, EMBEDDED } from '../../models/backbones/registry.ts'
import { addBackbone, listBackbones, readBackbone } from '../../src/db/backbones.ts'
import { makeDatabase } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const small = { id: 'small@1', file: '/a.onnx', input: EMBEDDED.input }
const full = { id: 'full@1', file: '/b.onnx', input: EMBEDDED.input, output: 'pool', prior: '/b.f16' }

test('backbones of the registry come first, then those that were added', async () => {
  const { db } = await makeDatabase()
  await addBackbone(db, small)
  await addBackbone(db, full)
  assert.deepEqual(await listBackbones(db), [...BACKBONES, full, small])
  assert.deepEqual(await readBackbone(db, 'full@1'), full)
  assert.equal(await readBackbone(db, EMBEDDED.id), EMBEDDED)
  await assert.rejects(readBackbone(db, 'nowhere@1'))
})

test('the same backbone again changes nothing but where its files are', async () => {
  const { db } = await makeDatabase()
  await addBackbone(db, full)
  await addBackbone(db, { ...full, file: '/moved.onnx', output: 'other' })
  assert.deepEqual(await readBackbone(db, 'full@1'), { ...full, file: '/moved.onnx' })
})
