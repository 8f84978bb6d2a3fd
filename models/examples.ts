import { meanFeatures } from './numbers/features.ts'
import { packRows } from './numbers/rows.ts'
import type { Triangle } from './numbers/triangle.ts'
import type { TrainingSet } from './training-set.ts'
import type { PictureViews } from './whitening/covariance.ts'

/** Labelled pictures as features of one backbone: what `train` is given. */
export type Examples = {
  /**
   * n vectors of d finite values each: for each picture, the output of a network's last layers but the classification, averaged over
   * positions. Made for values of 0 and more; only their proportions within a vector count.
   */
  features: Float32Array[]
  /** Label of each vector; at least two different ones, or one where there is a `background`. Labels are compared as they are. */
  labels: string[]
  /** The same pictures as they will be asked about, if features are means of several views; `features` unless given. */
  queryFeatures?: Float32Array[]
  /** Features of several views (crops, mirror images) of some pictures: how pictures of one thing differ. `row` counts in `features`. */
  views?: PictureViews[]
  /** 64-bit perceptual hash of each picture: finds copies that features alone do not. */
  hashes?: bigint[]
  /** For each vector, whether a person has checked its label: those are never left out. */
  vouched?: boolean[]
  /** How pictures of one thing differ under this backbone: `viewCovariance` of views of many pictures of any kind. */
  prior?: Triangle
  /** Features of pictures of any kind, some hundreds: what unknown pictures are told from where there are few labels. */
  background?: Float32Array[]
}

/** @throws RangeError that says what was expected and what came */
export function toTrainingSet(examples: Examples): TrainingSet {
  const { features, labels, queryFeatures, views = [], hashes = [], vouched, prior = null, background = [] } = examples
  const n = features.length
  expectCount('labels', labels.length, n)
  const names = [...new Set(labels)].sort()
  // With a background, one label is enough.
  const least = background.length > 0 ? 1 : 2
  if (names.length < least)
    throw new RangeError(`Expected at least ${least} different labels, received ${names.length}`)
  const classOf = new Map(names.map((name, c) => [name, c]))
  const d = features[0]!.length
  expectVectors('features', features, d)
  if (queryFeatures) {
    expectCount('queryFeatures', queryFeatures.length, n)
    expectVectors('queryFeatures', queryFeatures, d)
  }
  for (const { row, views: vectors } of views) {
    if (!(row in features)) throw new RangeError(`Expected views of rows 0 to ${n - 1}, received row ${row}`)
    expectVectors(`views of row ${row}`, vectors, d)
  }
  expectVectors('background', background, d)
  if (hashes.length > 0) expectCount('hashes', hashes.length, n)
  if (vouched) expectCount('vouched', vouched.length, n)
  const rows = packRows(features)
  if (prior && prior.d !== rows.columns)
    throw new RangeError(`Expected a prior of ${rows.columns} columns, received ${prior.d}`)
  const set: TrainingSet = {
    features: rows,
    queryFeatures: queryFeatures ? packRows(queryFeatures) : rows,
    views,
    y: Uint32Array.from(labels, (label) => classOf.get(label)!),
    labels: names,
    hashes,
    prior,
    background: background.length > 0 ? meanFeatures(background) : null,
  }
  return vouched ? { ...set, vouched: Uint8Array.from(vouched, Number) } : set
}

function expectCount(what: string, received: number, expected: number): void {
  if (received !== expected)
    throw new RangeError(`Expected ${expected} ${what}, one for each vector of features, received ${received}`)
}

function expectVectors(what: string, vectors: Float32Array[], d: number): void {
  if (d === 0) throw new RangeError(`Expected ${what} of 1 or more values, received an empty vector`)
  for (const [i, vector] of vectors.entries()) {
    if (vector.length !== d)
      throw new RangeError(`Expected ${what} of ${d} values each, received ${vector.length} in vector ${i}`)
    if (!vector.every(Number.isFinite))
      throw new RangeError(`Expected ${what} of finite values, received others in vector ${i}`)
  }
}
