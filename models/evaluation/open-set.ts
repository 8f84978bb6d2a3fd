import { ELEMENT, type GraphBuilder } from '../backbones/graph.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { solve } from '../numbers/linear-system.ts'
import { product, squareOf } from '../numbers/product.ts'
import { classMeans, type Rows } from '../numbers/rows.ts'

/** What says whether a picture shows anything taught: the largest cosine to a class mean, and how far the next one is below. */
export type OpenSetEvidence = { nearness: number; gap: number }

/** P(known) = 1 / (1 + exp(-(bias + nearness * its weight + gap * its weight))). */
export type OpenSetCurve = { bias: number; nearness: number; gap: number }

/** Where nothing can be measured: the mean of the curves of four kinds of drawings, two pictures a label. */
const FIXED: OpenSetCurve = { bias: -2.2, nearness: 9, gap: 3 }
/** Fewer than these of either kind say too little. */
const LEAST = 5
/** What the gap counts beside the nearness, each in deviations. Learned for each dataset it serves worse: labels left out are no true strangers. */
const GAP = 0.3
/** Pull of the weight of both towards zero. */
const RIDGE = 0.015

/** @param cosines n x classes, at least two */
export function openSetEvidence({ data, rows, columns }: Matrix): OpenSetEvidence[] {
  return Array.from({ length: rows }, (_, r) => evidence(data.subarray(r * columns, (r + 1) * columns)))
}

function evidence(cosines: Float32Array): OpenSetEvidence {
  let [first, second] = [-1, -1]
  for (const v of cosines)
    if (v > first) [first, second] = [v, first]
    else if (v > second) second = v
  return { nearness: first, gap: first - second }
}

/**
 * The evidence of rows whose own label had never been taught: without its mean, and without its part in the mean of all that
 * everything is centred on, which would make it less like the others than a stranger is. From three labels up; none below.
 * @param z n x d, what was learned from @param y its classes @returns for rows t that were not learned from, of classes `own`
 */
export function evidenceWithoutOwnClass(
  z: Rows,
  y: Uint32Array,
  classes: number,
): (t: Matrix, own: Uint32Array) => OpenSetEvidence[] {
  if (classes < 3) return () => []
  const { means, counts } = classMeans(z, y, classes)
  const among = product(means, means)
  return (t, own) => {
    const dots = product(t, means)
    return Array.from({ length: t.rows }, (_, r) => {
      const c = own[r]!
      // Centred without c, everything moves by this much of c's mean.
      const a = counts[c]! / (y.length - counts[c]!)
      const ofC = among.data[c * classes + c]!
      const withC = dots.data[r * classes + c]!
      const norm = squareOf(t, r) + 2 * a * withC + a * a * ofC
      const cosines = new Float32Array(classes).fill(-1)
      for (let k = 0; k < classes; k++) {
        if (k === c) continue
        const between = among.data[k * classes + c]!
        const dot = dots.data[r * classes + k]! + a * (withC + between) + a * a * ofC
        const ofK = among.data[k * classes + k]! + 2 * a * between + a * a * ofC
        cosines[k] = dot / Math.sqrt(Math.max(norm * ofK, 1e-12))
      }
      return evidence(cosines)
    })
  }
}

/** A logistic curve through the evidence of things taught and never taught, as if both were equally frequent (Platt 1999). */
export function fitOpenSetCurve(known: OpenSetEvidence[], strange: OpenSetEvidence[]): OpenSetCurve {
  if (known.length < LEAST || strange.length < LEAST) return FIXED
  const kinds = [
    { rows: known, target: 1, weight: 0.5 / known.length },
    { rows: strange, target: 0, weight: 0.5 / strange.length },
  ]
  const nearness = standard(kinds.flatMap((kind) => kind.rows.map((e) => e.nearness)))
  const gap = standard(kinds.flatMap((kind) => kind.rows.map((e) => e.gap)))
  const w = [0, 0]
  for (let step = 0; step < 30; step++) {
    const gradient = [0, RIDGE * w[1]!]
    const hessian = [
      [1e-9, 0],
      [0, RIDGE],
    ]
    for (const { rows, target, weight } of kinds)
      for (const e of rows) {
        const v = [1, nearness.of(e.nearness) + GAP * gap.of(e.gap)]
        const p = 1 / (1 + Math.exp(-(w[0]! + w[1]! * v[1]!)))
        for (let i = 0; i < 2; i++) {
          gradient[i]! += weight * (p - target) * v[i]!
          for (let j = 0; j < 2; j++) hessian[i]![j]! += weight * p * (1 - p) * v[i]! * v[j]!
        }
      }
    const move = solve(hessian, gradient)
    for (let i = 0; i < 2; i++) w[i]! -= move[i]!
    if (Math.max(...move.map(Math.abs)) < 1e-8) break
  }
  const [a, b] = [w[1]! / nearness.deviation, (GAP * w[1]!) / gap.deviation]
  const bias = w[0]! - a * nearness.mean - b * gap.mean
  // Evidence that does not tell the two apart: the curve must still rise.
  return a > 0.5 && [a, b, bias].every(Number.isFinite) ? { bias, nearness: a, gap: b } : FIXED
}

export const openSetScore = ({ bias, ...weights }: OpenSetCurve, { nearness, gap }: OpenSetEvidence): number =>
  1 / (1 + Math.exp(-(bias + weights.nearness * nearness + weights.gap * gap)))

/** The same as operations of an ONNX graph, from n x classes cosines. Output: `known` n x 1. */
export function openSetToOnnx(graph: GraphBuilder, curve: OpenSetCurve, cosines: string, classes: number): void {
  const times = (name: string, by: number): string => graph.add('Mul', [name, graph.constant([1], [by])])
  const top = (name: string): string =>
    graph.reshape(graph.add('GlobalMaxPool', [graph.reshape(name, [0, 1, classes])]), [0, 1])
  const first = top(cosines)
  // The first one out of the way: 1 where a cosine is below it, 0 where it is the first.
  const below = graph.add('Cast', [graph.add('Less', [cosines, first])], { to: ELEMENT.float32 })
  const others = graph.add('Sub', [cosines, times(graph.add('Sub', [graph.constant([1], [1]), below]), 4)])
  const gap = graph.add('Sub', [first, top(others)])
  const both = graph.add('Add', [times(first, curve.nearness), times(gap, curve.gap)])
  graph.add('Sigmoid', [graph.add('Add', [both, graph.constant([1], [curve.bias])])], {}, 'known')
}

function standard(values: number[]) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) || 1
  return { mean, deviation, of: (v: number): number => (v - mean) / deviation }
}
