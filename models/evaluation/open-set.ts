import type { GraphBuilder } from '../onnx/graph-builder.ts'
import { ELEMENT_TYPE } from '../onnx/model.ts'
import { fitLogistic } from './logistic.ts'
import type { OpenSetEvidence } from './open-set-evidence.ts'

/** P(known) = 1 / (1 + exp(-(bias + nearness * evidence.nearness + gap * evidence.gap))). Its keys are in saved versions. */
export type OpenSetCurve = { bias: number; nearness: number; gap: number }

/** Where nothing can be measured: the mean of the curves of four kinds of drawings, two pictures a label. */
const DEFAULT_CURVE: OpenSetCurve = { bias: -2.2, nearness: 9, gap: 3 }
/** Fewer pictures than this of either kind tell too little. */
const LEAST_PICTURES = 5
/**
 * What the gap counts beside the nearness, each in standard deviations. Fixed, because it is worse when fitted on each dataset: labels
 * that were left out are no true strangers (docs/learning.md).
 */
const GAP_SHARE = 0.3
/** A flatter slope by the nearness does not tell known from unknown. */
const LEAST_SLOPE = 0.5

/**
 * Fits a logistic curve (Platt 1999) through evidence of known and of unknown pictures, as if both were equally frequent.
 * @param known pictures of labels that were trained @param unknown pictures of labels that were left out
 */
export function fitOpenSetCurve(known: OpenSetEvidence[], unknown: OpenSetEvidence[]): OpenSetCurve {
  if (known.length < LEAST_PICTURES || unknown.length < LEAST_PICTURES) return DEFAULT_CURVE
  const all = [...known, ...unknown]
  const nearness = standardize(all.map((e) => e.nearness))
  const gap = standardize(all.map((e) => e.gap))
  const combine = (e: OpenSetEvidence): number => nearness.of(e.nearness) + GAP_SHARE * gap.of(e.gap)
  const { intercept, slope } = fitLogistic(known.map(combine), unknown.map(combine))
  const [a, b] = [slope / nearness.deviation, (GAP_SHARE * slope) / gap.deviation]
  const bias = intercept - a * nearness.mean - b * gap.mean
  return a > LEAST_SLOPE && [a, b, bias].every(Number.isFinite) ? { bias, nearness: a, gap: b } : DEFAULT_CURVE
}

/** Probability that a picture shows one of the trained labels at all, 0 to 1. */
export const openSetScore = ({ bias, ...weights }: OpenSetCurve, { nearness, gap }: OpenSetEvidence): number =>
  1 / (1 + Math.exp(-(bias + weights.nearness * nearness + weights.gap * gap)))

/** The same as operations of an ONNX graph. @param cosines name of n x classes cosines; the output is `known`, n x 1 */
export function openSetToOnnx(graph: GraphBuilder, curve: OpenSetCurve, cosines: string, classes: number): void {
  const times = (name: string, by: number): string => graph.add('Mul', [name, graph.constant([1], [by])])
  const top = (name: string): string =>
    graph.reshape(graph.add('GlobalMaxPool', [graph.reshape(name, [0, 1, classes])]), [0, 1])
  const first = top(cosines)
  // Moves the first one below all others: 4 is more than any two cosines differ by.
  const below = graph.add('Cast', [graph.add('Less', [cosines, first])], { to: ELEMENT_TYPE.float32 })
  const others = graph.add('Sub', [cosines, times(graph.add('Sub', [graph.constant([1], [1]), below]), 4)])
  const gap = graph.add('Sub', [first, top(others)])
  const both = graph.add('Add', [times(first, curve.nearness), times(gap, curve.gap)])
  graph.add('Sigmoid', [graph.add('Add', [both, graph.constant([1], [curve.bias])])], {}, 'known')
}

function standardize(values: number[]) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) || 1
  return { mean, deviation, of: (v: number): number => (v - mean) / deviation }
}
