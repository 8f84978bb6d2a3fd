// The recipe that Mekiki is measured against, written out plainly and independently of models/.

import { kernels } from '../models/kernels/kernels.ts'
import type { Matrix } from '../models/numbers/matrix.ts'
import { packMatrix } from '../test/support/pack-matrix.ts'

export type Sample = { y: number; features: Float32Array; mirrored: Float32Array; hash: bigint }

/** What is trained on, what is asked about, and the number of classes. */
export type Split = { training: Sample[]; queries: Sample[]; classes: number }

/** Weight of the prior, in degrees of freedom. */
const PRIOR_DEGREES = 100
/** Share of the identity in the covariance that is whitened by. */
const IDENTITY_SHARE = 0.2
/** Cost of an error, on centred features that are not whitened. */
const PLAIN_COST = 3

/**
 * The recipe: whitening, then an SVM at one example a label and the nearest class mean by cosine from two.
 * @param mirror whether features are the mean of the picture's and its mirror image's
 * @returns the class of each query
 */
export function runRecipe(split: Split, { prior, mirror }: { prior: Matrix; mirror: boolean }): number[] {
  const { training, queries, classes } = split
  const y = training.map((s) => s.y)
  const [x, t] = centre(normalize(training, mirror), normalize(queries, mirror))
  const factor = kernels().whitener(mixedCovariance({ x, y, classes }, prior))!
  const [zx, zt] = rescale(kernels().multiplyUpper(x, factor), kernels().multiplyUpper(t, factor))
  const whitened = { x: zx, y, classes }
  return x.rows === classes ? predictBySvm(whitened, zt, 1) : predictByCosine(classMeans(whitened), zt)
}

/** The usual baseline: an SVM on centred features. @returns the class of each query */
export function plainSvm({ training, queries, classes }: Split): number[] {
  const [x, t] = centre(normalize(training, false), normalize(queries, false))
  return predictBySvm({ x, y: training.map((s) => s.y), classes }, t, PLAIN_COST)
}

type Labelled = { x: Matrix; y: number[]; classes: number }

/** Square root and unit length. */
function normalize(samples: Sample[], mirror: boolean): Matrix {
  const d = samples[0]!.features.length
  const data = new Float32Array(samples.length * d)
  samples.forEach(({ features, mirrored }, r) => {
    const v = features.map((f, i) => Math.sqrt(mirror ? (f + mirrored[i]!) / 2 : f))
    const norm = Math.hypot(...v) || 1
    v.forEach((value, i) => {
      data[r * d + i] = value / norm
    })
  })
  return { data, rows: samples.length, columns: d }
}

/** Subtracts the mean of x from both and scales both so that the mean square norm of x is 1. */
function centre(x: Matrix, t: Matrix): [Matrix, Matrix] {
  const d = x.columns
  const mean = new Float32Array(d)
  for (let i = 0; i < x.data.length; i++) mean[i % d]! += x.data[i]! / x.rows
  const centred = [x, t].map((m) => ({ ...m, data: m.data.map((v, i) => v - mean[i % d]!) })) as [Matrix, Matrix]
  return rescale(...centred)
}

function rescale(x: Matrix, t: Matrix): [Matrix, Matrix] {
  const square = x.data.reduce((sum, v) => sum + v * v, 0) / x.rows
  const scale = square > 0 ? 1 / Math.sqrt(square) : 1
  return [x, t].map((m) => ({ ...m, data: m.data.map((v) => v * scale) })) as [Matrix, Matrix]
}

/** Within-class covariance of the training rows, shrunk towards the prior and the identity. */
function mixedCovariance(labelled: Labelled, prior: Matrix): Matrix {
  const { x, y, classes } = labelled
  const d = x.columns
  const means = classMeans(labelled)
  const inner = { ...x, data: x.data.map((v, i) => v - means.data[y[Math.floor(i / d)]! * d + (i % d)]!) }
  const degrees = x.rows - classes
  const data = new Float32Array(d * d)
  const parts = [
    { matrix: kernels().secondMoment(inner), weight: degrees },
    { matrix: prior, weight: PRIOR_DEGREES },
  ]
  for (const { matrix, weight } of parts) {
    const trace = traceOf(matrix)
    const scale = trace > 0 ? weight / trace / (degrees + PRIOR_DEGREES) : 0
    for (let i = 0; i < data.length; i++) data[i]! += scale * matrix.data[i]!
  }
  const mixed = { data, rows: d, columns: d }
  const scale = ((1 - IDENTITY_SHARE) * d) / traceOf(mixed)
  for (let i = 0; i < data.length; i++) data[i]! *= scale
  for (let i = 0; i < d; i++) data[i * d + i]! += IDENTITY_SHARE
  return mixed
}

function predictBySvm({ x, y, classes }: Labelled, t: Matrix, c: number): number[] {
  const { weights, bias } = kernels().trainSvm({
    x: packMatrix(x),
    y: Uint32Array.from(y),
    classes,
    cost: new Float32Array(x.rows).fill(c),
    tolerance: 0.1,
    maxSweeps: 1000,
    seed: 1,
  })
  return largestProducts(t, weights, bias)
}

function predictByCosine(means: Matrix, t: Matrix): number[] {
  const d = means.columns
  const data = means.data.slice()
  for (let r = 0; r < means.rows; r++) {
    const norm = Math.hypot(...data.subarray(r * d, (r + 1) * d))
    for (let i = 0; i < d; i++) data[r * d + i]! /= norm
  }
  return largestProducts(t, { ...means, data })
}

/** Row of w with the largest product, for each row of t. */
function largestProducts(t: Matrix, w: Matrix, bias?: Float32Array): number[] {
  return Array.from({ length: t.rows }, (_, r) => {
    let [at, most] = [0, -Infinity]
    for (let c = 0; c < w.rows; c++) {
      let sum = bias?.[c] ?? 0
      for (let i = 0; i < t.columns; i++) sum += t.data[r * t.columns + i]! * w.data[c * t.columns + i]!
      if (sum > most) [at, most] = [c, sum]
    }
    return at
  })
}

function classMeans({ x, y, classes }: Labelled): Matrix {
  const d = x.columns
  const data = new Float32Array(classes * d)
  const counts = new Uint32Array(classes)
  for (const c of y) counts[c]! += 1
  for (let i = 0; i < x.data.length; i++) {
    const c = y[Math.floor(i / d)]!
    data[c * d + (i % d)]! += x.data[i]! / counts[c]!
  }
  return { data, rows: classes, columns: d }
}

function traceOf({ data, columns }: Matrix): number {
  let sum = 0
  for (let i = 0; i < columns; i++) sum += data[i * columns + i]!
  return sum
}
