import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FORMAT } from '../../models/format.ts'
import { readClassifier } from '../../models/read-classifier.ts'
import { trainClassifier } from '../../models/train.ts'
import { makeVectors } from '../support/made-up-vectors.ts'

test('what is no classifier of this format is refused', () => {
  for (const bad of [null, {}, { format: 99 }, { format: FORMAT, labels: ['a'] }])
    assert.throws(() => readClassifier(bad))
})

test('the keys of a saved version are those of versions written before', () => {
  const { set } = makeVectors([12, 12, 12])
  const json = JSON.parse(JSON.stringify(trainClassifier(set, { heads: ['blend'] }).classifier))
  assert.deepEqual(Object.keys(json), ['format', 'labels', 'whitening', 'pool', 'means', 'unknown'])
  assert.deepEqual(Object.keys(json.whitening), ['columns', 'mean', 'scale', 'factor'])
  assert.deepEqual(Object.keys(json.means), ['format', 'classes', 'columns', 'means'])
  assert.deepEqual(Object.keys(json.unknown), ['bias', 'nearness', 'gap'])
  for (const member of json.pool) assert.deepEqual(Object.keys(member), ['name', 'weight', 'head'])
})
