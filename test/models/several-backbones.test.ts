import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinFeatures } from '../../models/numbers/features.ts'
import { packRows } from '../../models/numbers/rows.ts'
import { seededRandom } from '../../models/random.ts'
import { readClassifier } from '../../models/read-classifier.ts'
import { trainClassifier } from '../../models/train.ts'
import type { ShareFolds } from '../../models/training/cross-validate.ts'
import { validateFolds } from '../../models/training/folds.ts'
import type { TrainingOptions } from '../../models/training/plan.ts'
import type { Embeddings, TrainingSet } from '../../models/training-set.ts'
import { makeVectors } from '../support/made-up-vectors.ts'

const OPTIONS: TrainingOptions = { heads: ['linear'], seed: 4 }
const LABELS = 6
const PER_LABEL = 12

/** One backbone sees which of three things a picture shows, another which of two colours it has; a label is both. */
function makePictures(perLabel: number, seed: number) {
  const random = seededRandom(seed)
  const centres = (count: number, d: number) => {
    const of = seededRandom(9)
    return Array.from({ length: count }, () => Float32Array.from({ length: d }, () => of() * 2))
  }
  const near = (centre: Float32Array) => centre.map((v) => Math.max(0, v + 0.6 * (random() + random() - 1)))
  const [things, colours] = [centres(3, 20), centres(2, 12)]
  const y = Uint32Array.from({ length: LABELS * perLabel }, (_, i) => i % LABELS)
  return {
    y,
    thing: [...y].map((c) => near(things[c % 3]!)),
    colour: [...y].map((c) => near(colours[c < 3 ? 0 : 1]!)),
    noise: [...y].map(() => near(new Float32Array(16).fill(1))),
  }
}

const embeddings = (vectors: Float32Array[]): Embeddings => {
  const rows = packRows(vectors)
  return { features: rows, queryFeatures: rows, views: [], prior: null }
}

const labelled = (y: Uint32Array): Pick<TrainingSet, 'y' | 'labels' | 'hashes'> => ({
  y,
  labels: Array.from({ length: LABELS }, (_, c) => `label ${c}`),
  hashes: [],
})

const taught = makePictures(PER_LABEL, 5)
const asked = makePictures(10, 6)
const both: TrainingSet = { ...labelled(taught.y), ...embeddings(taught.thing), also: [embeddings(taught.colour)] }

type Trained = ReturnType<typeof trainClassifier>

function countRight({ classifier }: Trained, features: Float32Array[]): number {
  const { data, columns } = classifier.predictProba(features)
  return features.filter((_, r) => {
    const row = data.subarray(r * columns, (r + 1) * columns)
    return row.indexOf(Math.max(...row)) === asked.y[r]
  }).length
}

const askedOfBoth = asked.thing.map((vector, i) => joinFeatures([vector, asked.colour[i]!]))

test('two backbones that see different things answer together what neither can tell alone', () => {
  const together = trainClassifier(both, OPTIONS)
  const alone = trainClassifier({ ...labelled(taught.y), ...embeddings(taught.thing) }, OPTIONS)
  assert.deepEqual(together.backbones, [0, 1])
  assert.ok(countRight(together, askedOfBoth) >= 57, `${countRight(together, askedOfBoth)} of 60`)
  assert.ok(countRight(alone, asked.thing) <= 40)
  assert.ok((together.measurement.accuracy ?? 0) > 0.9)
})

test('a backbone that does not help is left out, and the classifier is that of the other one', () => {
  const first = embeddings(taught.thing.map((vector, i) => Float32Array.of(...vector, ...taught.colour[i]!)))
  const set = { ...labelled(taught.y), ...first }
  const trained = trainClassifier({ ...set, also: [embeddings(taught.noise)] }, OPTIONS)
  assert.deepEqual(trained.backbones, [0])
  const alone = trainClassifier(set, OPTIONS)
  // Its features are not joined with anything.
  const [vector] = asked.thing.map((thing, i) => Float32Array.of(...thing, ...asked.colour[i]!))
  assert.equal(trained.classifier.transform([vector!]).columns, alone.classifier.transform([vector!]).columns)
})

test('the open-set score of both is high for what was taught, and low for what was not', () => {
  const counts = [12, 12, 12, 12]
  const [first, second] = [makeVectors(counts, { noise: 1.2 }), makeVectors(counts, { noise: 1.2, seed: 8, d: 24 })]
  const { prior: _, ...other } = second.set
  const { classifier, measurement, backbones } = trainClassifier(
    { ...first.set, also: [{ ...other, prior: null }] },
    OPTIONS,
  )
  assert.deepEqual(backbones, [0, 1])
  const score = (a: Float32Array, b: Float32Array): number => classifier.classify(joinFeatures([a, b])).openSetScore
  const known = counts.map((_, c) => score(first.draw(c), second.draw(c)))
  const [strangeFirst, strangeSecond] = [makeVectors([4], { seed: 20 }), makeVectors([4], { seed: 21, d: 24 })]
  const strange = counts.map(() => score(strangeFirst.draw(0), strangeSecond.draw(0)))
  assert.ok(Math.min(...known) > 0.5 && Math.max(...strange) < 0.5, `${known} ${strange}`)
  assert.ok((measurement.recognition?.knownAccepted ?? 0) > 0.8)
})

test('written and read, a classifier of two backbones answers the same to the bit', () => {
  const { classifier } = trainClassifier(both, OPTIONS)
  const again = readClassifier(JSON.parse(JSON.stringify(classifier)))
  assert.deepEqual(again.predictProba(askedOfBoth), classifier.predictProba(askedOfBoth))
  assert.deepEqual(again.classify(askedOfBoth[3]!), classifier.classify(askedOfBoth[3]!))
})

test('similarity counts both backbones: a picture is like itself, and less like one that only one of them finds alike', () => {
  const { classifier } = trainClassifier(both, OPTIONS)
  const mixed = joinFeatures([asked.thing[0]!, asked.colour[3]!])
  const { data, columns } = classifier.transform([askedOfBoth[0]!, mixed])
  const product = (a: number, b: number): number => {
    let sum = 0
    for (let i = 0; i < columns; i++) sum += data[a * columns + i]! * data[b * columns + i]!
    return sum
  }
  assert.ok(Math.abs(product(0, 0) - 1) < 1e-5)
  assert.ok(product(0, 1) < 0.9)
})

test('folds of either backbone validated elsewhere: the same classifier, to the bit', () => {
  const shareFolds: ShareFolds = (issues, backbone) => {
    const folds = backbone === 0 ? [1, 3] : [0]
    const results = validateFolds(both, OPTIONS, { issues: structuredClone(issues), backbone, folds })
    return { folds, wait: () => results }
  }
  const [alone, shared] = [trainClassifier(both, OPTIONS), trainClassifier(both, OPTIONS, shareFolds)]
  assert.equal(JSON.stringify(shared.classifier), JSON.stringify(alone.classifier))
  assert.deepEqual(shared.measurement, alone.measurement)
})
