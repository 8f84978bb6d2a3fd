import type { Matrix } from '../../kernels/kernels.ts'
import { seededRandom } from '../../random.ts'
import { binned } from './bins.ts'
import { Grower, type Growth, leafValue, type Tree } from './tree.ts'

export type RoundOptions = Growth & {
  /** Rounds at most; each adds a tree a class. */
  rounds: number
  learningRate: number
  /** Share of the columns that a tree looks at, above 0 to 1. */
  columnShare: number
  /** Bins a column, 2 to 256. */
  bins: number
  /** Rounds without a better loss on the held-out rows after which it stops. */
  patience: number
  seed: number
}

type Task = {
  /** n x d. */
  x: Matrix
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** What each row counts, above 0. */
  weights: Float32Array
  /** Scores to start from, n x classes. */
  start: Float32Array
  /** Rows that are not learned from: they say when to stop. None: all rounds are made. */
  held: Uint32Array
}

/** A better loss is one that is better by this share. */
const WORTHWHILE = 1e-3
const LEAST_HESSIAN = 1e-6

/**
 * Gradient boosting with softmax loss (Friedman 2001), a tree a class and round, class weights mean(n) / n_c.
 * @returns the trees of each round; with held-out rows, up to the round of least loss
 */
export function boost({ x, y, classes, weights: own, start, held }: Task, options: RoundOptions): Tree[][] {
  const { learningRate, columnShare } = options
  const random = seededRandom(options.seed)
  const apart = new Set(held)
  const rows = Uint32Array.from([...y.keys()].filter((i) => !apart.has(i)))
  const weights = classWeights(y, rows, classes)
  const grower = new Grower(binned(x, options.bins), options)
  const columns = Uint32Array.from({ length: x.columns }, (_, i) => i)
  const some = Math.max(1, Math.round(columnShare * x.columns))
  const scores = start.slice()
  const p = new Float32Array(scores.length)
  const g = new Float32Array(x.rows)
  const h = new Float32Array(x.rows)
  // The diagonal alone understates the curvature of softmax (as LightGBM has it).
  const curvature = classes / (classes - 1)

  const rounds: Tree[][] = []
  let [best, least] = [0, held.length > 0 ? loss(scores, y, held, classes) : Infinity]
  while (rounds.length < options.rounds) {
    softmaxRows(scores, p, classes)
    const round = Array.from({ length: classes }, (_, c) => {
      for (const r of rows) {
        const q = p[r * classes + c]!
        const weight = weights[y[r]!]! * own[r]!
        g[r] = weight * (q - Number(y[r] === c))
        h[r] = weight * Math.max(curvature * q * (1 - q), LEAST_HESSIAN)
      }
      const { tree, ends } = grower.grow(rows, pick(columns, some, random), g, h)
      for (let i = 0; i < tree.value.length; i++) tree.value[i]! *= learningRate
      for (const { rows, value } of ends) for (const r of rows) scores[r * classes + c]! += learningRate * value
      for (const r of held) scores[r * classes + c]! += leafValue(tree, x.data, r * x.columns)
      return tree
    })
    rounds.push(round)
    if (held.length === 0) continue
    const now = loss(scores, y, held, classes)
    if (now < least * (1 - WORTHWHILE)) [best, least] = [rounds.length, now]
    else if (rounds.length - best >= options.patience) break
  }
  return held.length === 0 ? rounds : rounds.slice(0, best)
}

function classWeights(y: Uint32Array, rows: Uint32Array, classes: number): Float32Array {
  const counts = new Float32Array(classes)
  for (const r of rows) counts[y[r]!]! += 1
  const present = counts.filter((n) => n > 0).length
  return counts.map((n) => rows.length / present / Math.max(1, n))
}

function softmaxRows(scores: Float32Array, p: Float32Array, classes: number): void {
  for (let at = 0; at < scores.length; at += classes) {
    let top = -Infinity
    for (let c = 0; c < classes; c++) top = Math.max(top, scores[at + c]!)
    let sum = 0
    for (let c = 0; c < classes; c++) sum += p[at + c] = Math.exp(scores[at + c]! - top)
    for (let c = 0; c < classes; c++) p[at + c]! /= sum
  }
}

/** Mean log loss of some rows. */
function loss(scores: Float32Array, y: Uint32Array, rows: Uint32Array, classes: number): number {
  let sum = 0
  for (const r of rows) {
    const row = scores.subarray(r * classes, (r + 1) * classes)
    let top = -Infinity
    for (const s of row) top = Math.max(top, s)
    let total = 0
    for (const s of row) total += Math.exp(s - top)
    sum += top + Math.log(total) - row[y[r]!]!
  }
  return sum / rows.length
}

/** `count` different ones; changes the order of all. */
function pick(columns: Uint32Array, count: number, random: () => number): Uint32Array {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (columns.length - i))
    const t = columns[i]!
    columns[i] = columns[j]!
    columns[j] = t
  }
  return columns.slice(0, count)
}
