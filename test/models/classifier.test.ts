import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HEAD_NAMES } from '../../models/heads/names.ts'
import { train } from '../../models/index.ts'
import { packRows } from '../../models/numbers/rows.ts'
import { seededRandom } from '../../models/random.ts'
import { readClassifier } from '../../models/read-classifier.ts'
import { trainClassifier } from '../../models/train.ts'
import { makeVectors } from '../support/made-up-vectors.ts'

const D = 20

for (const head of HEAD_NAMES)
  test(`${head}: trains, answers with probabilities, and answers the same after it was written and read`, () => {
    const { set, draw } = makeVectors([12, 12, 12, 12])
    const { classifier, measurement } = trainClassifier(set, { heads: [head] })
    assert.ok(measurement.accuracy! > 0.9)
    const asked = [0, 1, 2, 3].map(draw)
    const p = classifier.predictProba(asked)
    for (let r = 0; r < 4; r++) {
      const row = p.data.subarray(r * 4, r * 4 + 4)
      assert.equal(row.indexOf(Math.max(...row)), r)
      assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-5)
    }
    const again = readClassifier(JSON.parse(JSON.stringify(classifier)))
    assert.deepEqual(again.predictProba(asked), p)
    assert.deepEqual(again.classify(asked[0]!), classifier.classify(asked[0]!))
  })

test('the same seed gives the same classifier', () => {
  const { set } = makeVectors([8, 8, 8])
  const once = JSON.stringify(trainClassifier(set, { seed: 5 }).classifier)
  assert.equal(JSON.stringify(trainClassifier(set, { seed: 5 }).classifier), once)
})

test('one example a label: it answers, and claims no accuracy', () => {
  const { set, draw } = makeVectors([1, 1, 1])
  const { classifier, measurement, head } = trainClassifier(set)
  assert.equal(measurement.accuracy, null)
  assert.equal(measurement.recognition, null)
  assert.equal(head, 'linear')
  const p = classifier.predictProba([0, 1, 2].map(draw)).data
  for (let r = 0; r < 3; r++)
    assert.equal(p.subarray(r * 3, r * 3 + 3).indexOf(Math.max(...p.subarray(r * 3, r * 3 + 3))), r)
})

test('two identical examples under two labels: neither is preferred by much', () => {
  const { set, vectors } = makeVectors([1, 1])
  const same = packRows([vectors[0]!, vectors[0]!])
  set.hashes[1] = set.hashes[0]!
  const { classifier, measurement } = trainClassifier({ ...set, features: same, queryFeatures: same })
  assert.equal(measurement.accuracy, null)
  const { probabilities, openSetScore } = classifier.classify(vectors[0]!)
  assert.ok(Math.abs(probabilities[0]! - 0.5) < 0.1, `${probabilities}`)
  assert.ok(openSetScore >= 0 && openSetScore <= 1)
})

test('rare labels are found: weights make up for imbalance', () => {
  const { set, draw } = makeVectors([60, 60, 4], { noise: 1.2 })
  const { classifier } = trainClassifier(set, { heads: ['svm'] })
  const asked = Array.from({ length: 40 }, () => draw(2))
  const p = classifier.predictProba(asked)
  const found = asked.filter((_, r) => p.data[r * 3 + 2] === Math.max(...p.data.subarray(r * 3, r * 3 + 3))).length
  assert.ok(found >= 30, `${found} of 40`)
})

test('pictures of other labels are mostly unknown, those of its own mostly known', () => {
  const { set: all, vectors, draw } = makeVectors([15, 15, 15, 15, 15, 15], { noise: 0.6 })
  const trained = [...all.y.keys()].filter((i) => all.y[i]! < 4)
  const set = {
    ...all,
    labels: all.labels.slice(0, 4),
    features: packRows(trained.map((i) => vectors[i]!)),
    queryFeatures: packRows(trained.map((i) => vectors[i]!)),
    hashes: trained.map((i) => all.hashes[i]!),
    y: Uint32Array.from(trained, (i) => all.y[i]!),
  }
  const { classifier, measurement } = trainClassifier(set)
  const share = (c: number) =>
    Array.from({ length: 30 }, () => classifier.classify(draw(c))).filter((o) => o.isKnown).length / 30
  for (const c of [0, 1, 2, 3]) assert.ok(share(c) > 0.7, `label ${c}: ${share(c)} known`)
  for (const c of [4, 5]) assert.ok(share(c) < 0.3, `other label ${c}: ${share(c)} known`)
  assert.ok(measurement.recognition!.strangeRefused > 0.7)
})

test('near duplicates do not make the measured accuracy better than it is', () => {
  // Every picture twice, under labels without any rule: only a copy in another fold could be recognized.
  const { set, vectors } = makeVectors([10, 10, 10])
  const random = seededRandom(11)
  const features = vectors.map(() => Float32Array.from({ length: D }, random))
  const twice = {
    ...set,
    features: packRows([...features, ...features]),
    queryFeatures: packRows([...features, ...features]),
    y: Uint32Array.from([...set.y, ...set.y]),
    hashes: [...set.hashes, ...set.hashes.map((h) => h ^ 1n)],
  }
  const { accuracy, measured } = trainClassifier(twice).measurement
  assert.ok(accuracy! < 0.65)
  // And each picture is counted once.
  assert.equal(measured, 30)
})

test('pictures that are all alike, empty, huge or tiny: sensible answers, no fault', () => {
  const random = seededRandom(4)
  const y = Uint32Array.from({ length: 20 }, (_, i) => i % 2)
  const hashes = [...y].map(() => BigInt(Math.floor(random() * 2 ** 32)) * 4294967291n)
  const kinds: Record<string, () => Float32Array> = {
    alike: () => new Float32Array(D).fill(0.5),
    empty: () => new Float32Array(D),
    'constant in part': () => Float32Array.from({ length: D }, (_, i) => (i < 10 ? 0.3 : random())),
    huge: () => Float32Array.from({ length: D }, () => random() * 1e30),
    tiny: () => Float32Array.from({ length: D }, () => random() * 1e-38),
  }
  for (const [name, make] of Object.entries(kinds)) {
    const features = [...y].map(make)
    const set = {
      features: packRows(features),
      queryFeatures: packRows(features),
      views: [],
      y,
      labels: ['a', 'b'],
      hashes,
      prior: null,
    }
    const { classifier, measurement } = trainClassifier(set)
    const { probabilities, openSetScore } = classifier.classify(make())
    assert.ok(Math.abs(probabilities[0]! + probabilities[1]! - 1) < 1e-5, name)
    assert.ok(openSetScore >= 0 && openSetScore <= 1, name)
    if (name === 'alike' || name === 'empty') assert.ok(measurement.accuracy! <= 0.75, name)
  }
})

test('a thousand labels of two pictures', () => {
  const { set, draw } = makeVectors(new Array(1000).fill(2), { noise: 0.02 })
  const { classifier, measurement } = trainClassifier(set, { budget: 10 })
  assert.ok(measurement.measured > 1900)
  const asked = [3, 500, 999].map(draw)
  const p = classifier.predictProba(asked)
  for (const [r, c] of [3, 500, 999].entries()) {
    const row = p.data.subarray(r * 1000, (r + 1) * 1000)
    assert.equal(row.indexOf(Math.max(...row)), c)
  }
})

test('one label and a background: its own pictures are known, others are not, and it claims no accuracy', () => {
  const { vectors, draw } = makeVectors([12, 40, 10], { noise: 0.4 })
  const background = [...vectors.slice(12), ...[5, 6, 7, 8].flatMap((seed) => makeVectors([10, 10], { seed }).vectors)]
  const examples = { features: vectors.slice(0, 12), labels: new Array<string>(12).fill('cat'), background }
  const { classifier, measurement, head } = train(examples)
  assert.equal(head, 'means')
  assert.equal(measurement.accuracy, null)
  const again = readClassifier(JSON.parse(JSON.stringify(classifier)))
  const grades = (c: number) => Array.from({ length: 20 }, () => again.classify(draw(c)).grade)
  assert.ok(grades(0).filter((grade) => grade !== 'unknown').length >= 17)
  assert.ok(grades(2).filter((grade) => grade === 'unknown').length >= 17)
  assert.throws(() => train({ ...examples, background: [] }), /Expected at least 2 different labels, received 1/)
  const one = train({ ...examples, features: examples.features.slice(0, 1), labels: ['cat'] })
  assert.equal(one.classifier.classify(draw(0)).grade, 'unsure')
  assert.equal(one.classifier.classify(draw(2)).grade, 'unknown')
})
