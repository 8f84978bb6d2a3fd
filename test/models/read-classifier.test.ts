import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EARLIER_FORMAT, FORMAT } from '../../models/format.ts'
import { ClassMeansHead } from '../../models/heads/class-means.ts'
import { normalize } from '../../models/numbers/features.ts'
import { readClassifier } from '../../models/read-classifier.ts'
import { trainClassifier } from '../../models/train.ts'
import { Whitening } from '../../models/whitening/whitening.ts'
import { makeVectors } from '../support/made-up-vectors.ts'

test('what is no classifier of this format is refused', () => {
  for (const bad of [null, {}, { format: 99 }, { format: FORMAT, labels: ['a'] }])
    assert.throws(() => readClassifier(bad))
})

test('the keys of a saved version are those of versions written before', () => {
  const { set } = makeVectors([12, 12, 12])
  const json = JSON.parse(JSON.stringify(trainClassifier(set, { heads: ['blend'] }).classifier))
  assert.deepEqual(Object.keys(json), ['format', 'labels', 'backbones', 'unknown', 'refusals'])
  const [backbone] = json.backbones
  assert.deepEqual(Object.keys(backbone), ['whitening', 'pool', 'means', 'unknown', 'openSet'])
  assert.deepEqual(Object.keys(backbone.whitening), ['columns', 'mean', 'scale', 'factor'])
  assert.deepEqual(Object.keys(backbone.means), ['format', 'classes', 'columns', 'means'])
  assert.deepEqual(Object.keys(backbone.unknown), ['bias', 'nearness', 'gap', 'levels'])
  assert.deepEqual(Object.keys(backbone.openSet), ['lengths', 'centre', 'background'])
  assert.deepEqual(Object.keys(json.refusals), ['unknownBelow', 'sure'])
  for (const member of backbone.pool) assert.deepEqual(Object.keys(member), ['name', 'weight', 'head'])
})

test('a version from before there were grades answers as it did: known from one half on, by cosines to the class means', () => {
  const { set, draw } = makeVectors([12, 12, 12])
  const { labels, backbones } = JSON.parse(JSON.stringify(trainClassifier(set).classifier))
  const { openSet: _, unknown, ...backbone } = backbones[0]
  const { levels: __, ...curve } = unknown
  const earlier = { format: EARLIER_FORMAT, labels, ...backbone, unknown: curve }
  const classifier = readClassifier(earlier)
  const { bias, nearness, gap } = earlier.unknown
  const means = ClassMeansHead.fromJSON(earlier.means)
  const whitening = Whitening.fromJSON(earlier.whitening)
  for (const features of [0, 1, 2].flatMap((c) => [draw(c), makeVectors([1], { seed: c + 20 }).vectors[0]!])) {
    const cosines = [...means.decisionScores(whitening.apply(normalize([features]))).data].sort((a, b) => b - a)
    const score = 1 / (1 + Math.exp(-(bias + nearness * cosines[0]! + gap * (cosines[0]! - cosines[1]!))))
    const { openSetScore, isKnown, grade } = classifier.classify(features)
    assert.ok(Math.abs(openSetScore - score) < 1e-6)
    assert.equal(isKnown, score >= 0.5)
    assert.equal(grade === 'unknown', !isKnown)
  }
})
