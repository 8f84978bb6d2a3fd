import { allRows } from '../numbers/rows.ts'
import { dot, rowsOf } from './plain-dot.ts'
import type { SvmProblem, SvmSolution } from './types.ts'

/** One-vs-rest linear SVM with L2 loss, by dual coordinate descent with shrinking (Hsieh et al. 2008, algorithm 3). */
export function trainSvm(problem: SvmProblem): SvmSolution {
  const { x, classes } = problem
  const rows = rowsOf(allRows(x).data, x.columns)
  const bias = new Float32Array(classes)
  const weights = new Float32Array(classes * x.columns)
  const sweeps = rowsOf(weights, x.columns).map((w, c) => {
    const trained = trainClass(problem, rows, { c, w })
    bias[c] = trained.bias
    return trained.sweeps
  })
  return { weights: { data: weights, rows: classes, columns: x.columns }, bias, sweeps: Math.max(...sweeps) }
}

/** @param w zeros, which become the weights of class c */
function trainClass(
  { y, cost, tolerance, maxSweeps, seed }: SvmProblem,
  rows: Float32Array[],
  { c, w }: { c: number; w: Float32Array },
): { bias: number; sweeps: number } {
  const norm = Float32Array.from(rows, (x) => dot(x, x) + 1)
  const alpha = new Float32Array(rows.length)
  const bias = new Float32Array(1)
  const random = xorshift(seed)
  let active = Uint32Array.from(rows.keys())
  /** The largest projected gradient of the last sweep: what is above it cannot become positive soon, and is left out. */
  let shrinkAbove = Infinity
  let sweeps = 0
  while (sweeps < maxSweeps) {
    sweeps++
    shuffle(active, random)
    let [largest, smallest] = [-Infinity, Infinity]
    const kept: number[] = []
    for (const i of active) {
      const x = rows[i]!
      const sign = y[i] === c ? 1 : -1
      const ridge = 0.5 / cost[i]!
      const a = alpha[i]!
      const gradient = sign * (dot(x, w) + bias[0]!) - 1 + a * ridge
      if (a === 0 && gradient > shrinkAbove) continue
      kept.push(i)
      const projected = a === 0 ? Math.min(gradient, 0) : gradient
      largest = Math.max(largest, projected)
      smallest = Math.min(smallest, projected)
      if (projected === 0) continue
      alpha[i] = Math.max(a - gradient / (norm[i]! + ridge), 0)
      const move = (alpha[i]! - a) * sign
      bias[0]! += move
      for (let j = 0; j < w.length; j++) w[j]! += move * x[j]!
    }
    active = Uint32Array.from(kept)
    shrinkAbove = largest > 0 ? largest : Infinity
    if (largest - smallest > tolerance && active.length > 0) continue
    // Converged on what was left: done if that was everything, else all rows are looked at once more.
    if (active.length === rows.length) break
    active = Uint32Array.from(rows.keys())
    shrinkAbove = Infinity
  }
  return { bias: bias[0]!, sweeps }
}

function xorshift(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}

function shuffle(list: Uint32Array, random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random() % (i + 1)
    const t = list[i]!
    list[i] = list[j]!
    list[j] = t
  }
}
