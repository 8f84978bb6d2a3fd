import type { Matrix } from '../../numbers/matrix.ts'
import { seededRandom } from '../../random.ts'
import { binColumns } from './bins.ts'
import { TreeGrower } from './grow-tree.ts'
import { logLoss, softmaxInto } from './log-loss.ts'
import type { Growth } from './split.ts'
import { leafValue, type Tree } from './tree.ts'

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

type BoostInput = {
  /** n x d. */
  x: Matrix
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** What each row counts, above 0. */
  weights: Float32Array
  /** Scores to start from, n x classes. */
  start: Float32Array
  /** Rows that are not trained on: they say when to stop. None: all rounds are made. */
  heldOut: Uint32Array
}

/** A loss is better only where it is better by this share. */
const WORTHWHILE = 1e-3
/** Keeps rows that are certain from dividing by zero. */
const LEAST_HESSIAN = 1e-6

/**
 * Gradient boosting with softmax loss (Friedman 2001), a tree a class and round, class weights mean(n) / n_c.
 * @returns the trees of each round; with held-out rows, up to the round of least loss
 */
export function boost(input: BoostInput, options: RoundOptions): Tree[][] {
  const { y, classes, start, heldOut } = input
  const scores = start.slice()
  const growRound = roundGrower(input, scores, options)
  const rounds: Tree[][] = []
  let [best, least] = [0, heldOut.length > 0 ? logLoss(scores, y, { rows: heldOut, classes }) : Infinity]
  while (rounds.length < options.rounds) {
    rounds.push(growRound())
    if (heldOut.length === 0) continue
    const loss = logLoss(scores, y, { rows: heldOut, classes })
    if (loss < least * (1 - WORTHWHILE)) [best, least] = [rounds.length, loss]
    else if (rounds.length - best >= options.patience) break
  }
  return heldOut.length === 0 ? rounds : rounds.slice(0, best)
}

/** @param scores of all rows, n x classes: what the trees add is added @returns grows a tree for each class */
function roundGrower(input: BoostInput, scores: Float32Array, options: RoundOptions): () => Tree[] {
  const { x, y, classes, heldOut } = input
  const { learningRate, columnShare } = options
  const random = seededRandom(options.seed)
  const apart = new Set(heldOut)
  const rows = Uint32Array.from([...y.keys()].filter((i) => !apart.has(i)))
  const weights = rowWeights(input, rows)
  const grower = new TreeGrower(binColumns(x, options.bins), options)
  const columns = Uint32Array.from({ length: x.columns }, (_, i) => i)
  const picked = Math.max(1, Math.round(columnShare * x.columns))
  const p = new Float32Array(scores.length)
  const g = new Float32Array(x.rows)
  const h = new Float32Array(x.rows)
  // The diagonal alone understates the curvature of softmax (as LightGBM has it).
  const curvature = classes / (classes - 1)

  const growTree = (c: number): Tree => {
    for (const r of rows) {
      const q = p[r * classes + c]!
      g[r] = weights[r]! * (q - Number(y[r] === c))
      h[r] = weights[r]! * Math.max(curvature * q * (1 - q), LEAST_HESSIAN)
    }
    const { tree, leaves } = grower.grow(rows, { columns: pickColumns(columns, picked, random), g, h })
    for (let i = 0; i < tree.value.length; i++) tree.value[i]! *= learningRate
    for (const { rows, value } of leaves) for (const r of rows) scores[r * classes + c]! += learningRate * value
    for (const r of heldOut) scores[r * classes + c]! += leafValue(tree, x.data, r * x.columns)
    return tree
  }
  return () => {
    softmaxInto(p, scores, classes)
    return Array.from({ length: classes }, (_, c) => growTree(c))
  }
}

/** What each row counts times the weight of its class. */
function rowWeights({ y, classes, weights }: BoostInput, rows: Uint32Array): Float64Array {
  const counts = new Float32Array(classes)
  for (const r of rows) counts[y[r]!]! += 1
  const present = counts.filter((n) => n > 0).length
  const ofClass = counts.map((n) => rows.length / present / Math.max(1, n))
  return Float64Array.from(y, (c, r) => ofClass[c]! * weights[r]!)
}

/** `count` different columns; changes the order of all. */
function pickColumns(columns: Uint32Array, count: number, random: () => number): Uint32Array {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (columns.length - i))
    const t = columns[i]!
    columns[i] = columns[j]!
    columns[j] = t
  }
  return columns.slice(0, count)
}
