// The recipe that the program is measured against, written out plainly and apart from the program's own learning.
import type { Matrix } from '../models/kernels/kernels.ts'
import { kernels } from '../models/kernels/kernels.ts'
import { packMatrix } from '../test/support/pack-matrix.ts'

export type Sample = { y: number; features: Float32Array; mirrored: Float32Array; hash: bigint }

/** Square root, L2; (1) of the recipe. With the mirror: of the mean of both. */
function prepare(samples: Sample[], mirror: boolean): Matrix {
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

/** Training mean subtracted, mean square norm 1; (2). */
function centreBoth(x: Matrix, t: Matrix): [Matrix, Matrix] {
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

/** (3) to (7): whitening, then the SVM at one example a label and the nearest class mean by cosine from two. */
export function theRecipe(
  taught: Sample[],
  asked: Sample[],
  classes: number,
  prior: Matrix,
  mirror: boolean,
): number[] {
  const [x, t] = centreBoth(prepare(taught, mirror), prepare(asked, mirror))
  const y = taught.map((s) => s.y)
  const d = x.columns
  const means = classMeans(x, y, classes)
  const inner = { ...x, data: x.data.map((v, i) => v - means.data[y[Math.floor(i / d)]! * d + (i % d)]!) }
  const within = kernels().secondMoment(inner)
  const degrees = x.rows - classes
  const s = new Float32Array(d * d)
  for (const [m, weight] of [
    [within, degrees],
    [prior, 100],
  ] as const) {
    const trace = traceOf(m)
    if (trace > 0) for (let i = 0; i < s.length; i++) s[i]! += ((weight / trace) * m.data[i]!) / (degrees + 100)
  }
  const trace = traceOf({ ...within, data: s })
  for (let i = 0; i < s.length; i++) s[i]! *= (0.8 * d) / trace
  for (let i = 0; i < d; i++) s[i * d + i]! += 0.2
  const factor = kernels().whitener({ data: s, rows: d, columns: d })!
  const [zx, zt] = rescale(kernels().multiplyUpper(x, factor), kernels().multiplyUpper(t, factor))
  return x.rows === classes ? svm(zx, y, zt, classes, 1) : cosine(zt, classMeans(zx, y, classes))
}

/** The usual baseline: an SVM with C 3 on centred features. */
export function plainSvm(taught: Sample[], asked: Sample[], classes: number): number[] {
  const [x, t] = centreBoth(prepare(taught, false), prepare(asked, false))
  const y = taught.map((s) => s.y)
  return svm(x, y, t, classes, 3)
}

function svm(x: Matrix, y: number[], t: Matrix, classes: number, c: number): number[] {
  const cost = new Float32Array(x.rows).fill(c)
  const problem = { x: packMatrix(x), y: Uint32Array.from(y), classes, cost, tolerance: 0.1, maxSweeps: 1000, seed: 1 }
  const { weights, bias } = kernels().trainSvm(problem)
  return best(t, weights, bias)
}

function cosine(t: Matrix, means: Matrix): number[] {
  const d = means.columns
  const data = means.data.slice()
  for (let r = 0; r < means.rows; r++) {
    const norm = Math.hypot(...data.subarray(r * d, (r + 1) * d))
    for (let i = 0; i < d; i++) data[r * d + i]! /= norm
  }
  return best(t, { ...means, data })
}

/** Row of w with the largest product, for each row of t. */
function best(t: Matrix, w: Matrix, bias?: Float32Array): number[] {
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

function classMeans(x: Matrix, y: number[], classes: number): Matrix {
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
