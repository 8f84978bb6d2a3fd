import { z } from 'zod'
import { calibrationError, fitTemperature, softmax, wilson } from './calibration.ts'
import { normalise, select } from './features.ts'
import { assignFolds, nearDuplicateGroups } from './folds.ts'
import { SvmHead } from './heads/svm.ts'
import type { Matrix } from './kernels/kernels.ts'

type TrainingSet = {
  /** n feature vectors of one backbone, d values each. */
  features: Float32Array[]
  /** Class of each, 0 to labels.length - 1; at least one of every class, at least two classes. */
  y: Uint32Array
  labels: string[]
  /** 64-bit perceptual hash of each picture. */
  hashes: bigint[]
  seed?: number
}

/** Measured out of fold. Null where no label has two pictures that differ. `confusion[true][answered]`. */
type Measurement = {
  accuracy: number | null
  accuracyInterval: [number, number] | null
  calibrationError: number | null
  measured: number
  confusion: number[][]
}

/** `known`: probability of being one of the labels at all; `isKnown` compares it with the learned threshold. */
type Opinion = { probabilities: Float32Array; known: number; isKnown: boolean }

const FOLDS = 5
const NEAR_DUPLICATE_BITS = 4
/** Where nothing can be measured (fewer than two pictures a label). */
const FIXED = { temperature: 0.5, unknown: { slope: 4, middle: -0.5 } }

const Json = z.object({
  format: z.literal(1),
  labels: z.array(z.string()),
  head: z.unknown(),
  temperature: z.number().positive(),
  unknown: z.object({ slope: z.number(), middle: z.number() }),
})

/** A trained head with its calibration and its threshold. */
export class Classifier {
  readonly labels: string[]
  private readonly head: SvmHead
  private readonly temperature: number
  private readonly unknown: { slope: number; middle: number }

  constructor(labels: string[], head: SvmHead, temperature: number, unknown: { slope: number; middle: number }) {
    this.labels = labels
    this.head = head
    this.temperature = temperature
    this.unknown = unknown
  }

  /** @param features d values of the backbone that the classifier was trained on */
  ask(features: Float32Array): Opinion {
    const scores = this.head.scores(normalise([features]))
    const known = 1 / (1 + Math.exp(-this.unknown.slope * (Math.max(...scores.data) - this.unknown.middle)))
    return { probabilities: softmax(scores, this.temperature).data, known, isKnown: known >= 0.5 }
  }

  toJSON(): z.infer<typeof Json> {
    const { labels, temperature, unknown } = this
    return { format: 1, labels, head: this.head.toJSON(), temperature, unknown }
  }

  static fromJSON(json: unknown): Classifier {
    const { labels, head, temperature, unknown } = Json.parse(json)
    return new Classifier(labels, SvmHead.fromJSON(head), temperature, unknown)
  }
}

/** Cross-validates with near duplicates in one fold, calibrates on the out-of-fold scores, and fits on everything. */
export function train(set: TrainingSet): { classifier: Classifier; measurement: Measurement } {
  const { y, labels, seed = 1 } = set
  const x = normalise(set.features)
  const groups = nearDuplicateGroups(set.hashes, NEAR_DUPLICATE_BITS)
  const folds = assignFolds(y, groups, FOLDS, seed)
  const { scores, measured } = outOfFold(x, y, labels.length, folds, seed)
  const truth = Uint32Array.from(measured, (i) => y[i]!)
  const enough = measured.length >= 2 * labels.length
  const temperature = enough ? fitTemperature(scores, truth) : FIXED.temperature
  const unknown = enough ? learnUnknown(x, y, labels.length, folds, maxima(scores), seed) : FIXED.unknown
  const classifier = new Classifier(labels, SvmHead.fit(x, y, labels.length, seed), temperature, unknown)
  return { classifier, measurement: measure(softmax(scores, temperature), truth, labels.length) }
}

/** Scores of every example whose class is also found outside its fold, from a head that did not see the fold. */
function outOfFold(x: Matrix, y: Uint32Array, classes: number, folds: Uint8Array, seed: number) {
  const measured: number[] = []
  const rows: Float32Array[] = []
  for (let f = 0; f < FOLDS; f++) {
    const inside = indices(y.length, (i) => folds[i] !== f)
    const seen = new Set(inside.map((i) => y[i]!))
    const test = indices(y.length, (i) => folds[i] === f && seen.has(y[i]!))
    if (test.length === 0 || seen.size < 2) continue
    const { head, present } = fitSome(x, y, inside, seed)
    const scores = head.scores(select(x, test))
    test.forEach((i, r) => {
      const row = new Float32Array(classes).fill(-3)
      present.forEach((c, at) => {
        row[c] = scores.data[r * present.length + at]!
      })
      measured.push(i)
      rows.push(row)
    })
  }
  const data = new Float32Array(rows.length * classes)
  rows.forEach((row, r) => {
    data.set(row, r * classes)
  })
  return { measured, scores: { data, rows: rows.length, columns: classes } }
}

/** A head of the classes that these rows have. */
function fitSome(x: Matrix, y: Uint32Array, rows: number[], seed: number) {
  const present = [...new Set(rows.map((i) => y[i]!))].sort((a, b) => a - b)
  const at = new Map(present.map((c, i) => [c, i]))
  const classes = Uint32Array.from(rows, (i) => at.get(y[i]!)!)
  return { present, head: SvmHead.fit(select(x, rows), classes, present.length, seed) }
}

/**
 * Leaves classes out in turn: what the largest margin is for pictures of things never taught, against the
 * out-of-fold one of things that were. A logistic curve between the two means; 0.5 is where both are as likely.
 */
function learnUnknown(x: Matrix, y: Uint32Array, classes: number, folds: Uint8Array, known: number[], seed: number) {
  const strange: number[] = []
  const parts = Math.min(FOLDS, classes)
  for (let g = 0; g < parts && classes > 2; g++) {
    const inside = indices(y.length, (i) => y[i]! % parts !== g && folds[i] !== g)
    const outside = indices(y.length, (i) => y[i]! % parts === g)
    if (new Set(inside.map((i) => y[i]!)).size < 2) continue
    strange.push(...maxima(fitSome(x, y, inside, seed).head.scores(select(x, outside))))
  }
  const a = moments(known)
  if (strange.length < 2) return { slope: FIXED.unknown.slope, middle: a.mean - 1.3 * a.deviation }
  const b = moments(strange)
  const gap = Math.max(a.mean - b.mean, 1e-3)
  // Two Gaussians of one spread: the log odds are linear, with slope gap / variance.
  const variance = Math.max((a.deviation ** 2 + b.deviation ** 2) / 2, 1e-4)
  return { slope: gap / variance, middle: (a.mean + b.mean) / 2 }
}

function measure(p: Matrix, truth: Uint32Array, classes: number): Measurement {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  const confidence: number[] = []
  const right: boolean[] = []
  for (let r = 0; r < p.rows; r++) {
    const row = p.data.subarray(r * classes, (r + 1) * classes)
    const best = row.indexOf(Math.max(...row))
    confusion[truth[r]!]![best]! += 1
    confidence.push(row[best]!)
    right.push(best === truth[r])
  }
  if (p.rows === 0) return { accuracy: null, accuracyInterval: null, calibrationError: null, measured: 0, confusion }
  const hits = right.filter(Boolean).length
  return {
    accuracy: hits / p.rows,
    accuracyInterval: wilson(hits, p.rows),
    calibrationError: calibrationError(confidence, right),
    measured: p.rows,
    confusion,
  }
}

const indices = (n: number, keep: (i: number) => boolean): number[] =>
  Array.from({ length: n }, (_, i) => i).filter(keep)

function maxima({ data, rows, columns }: Matrix): number[] {
  return Array.from({ length: rows }, (_, r) => Math.max(...data.subarray(r * columns, (r + 1) * columns)))
}

function moments(values: number[]): { mean: number; deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const deviation = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)
  return { mean, deviation }
}
