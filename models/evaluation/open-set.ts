import type { GraphBuilder } from '../onnx/graph-builder.ts'
import { ELEMENT_TYPE } from '../onnx/model.ts'
import { fitLogistic } from './logistic.ts'
import type { OpenSetEvidence } from './open-set-evidence.ts'
import { knownQuantiles } from './refusals.ts'

/**
 * P(known) = 1 / (1 + exp(-logOdds)): logOdds = bias + nearness * evidence.nearness + gap * evidence.gap - levels[evidence.label], but at
 * most far.bias + far.slope * evidence.fromBackground. Its keys are in saved versions.
 */
export type OpenSetCurve = {
  bias: number
  nearness: number
  gap: number
  /** By label (`labelLevels`); 0 each where there are none. */
  levels?: number[] | undefined
  far?: Line | undefined
}
type Line = { bias: number; slope: number }

/** Where nothing can be measured: the mean of the curves of four kinds of drawings, two pictures a label. */
export const DEFAULT_CURVE: OpenSetCurve = { bias: -2.2, nearness: 9, gap: 3 }
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
  if (known.length < LEAST_PICTURES || unknown.length < LEAST_PICTURES) return movedDefault(known)
  const all = [...known, ...unknown]
  const nearness = standardize(all.map((e) => e.nearness))
  const gap = standardize(all.map((e) => e.gap))
  const combine = (e: OpenSetEvidence): number => nearness.of(e.nearness) + GAP_SHARE * gap.of(e.gap)
  const { intercept, slope } = fitLogistic(known.map(combine), unknown.map(combine))
  const [a, b] = [slope / nearness.deviation, (GAP_SHARE * slope) / gap.deviation]
  const bias = intercept - a * nearness.mean - b * gap.mean
  return a > LEAST_SLOPE && [a, b, bias].every(Number.isFinite) ? { bias, nearness: a, gap: b } : movedDefault(known)
}

/** Where strangers say nothing: the default curve, with one half where what was taught begins to be refused. */
function movedDefault(known: OpenSetEvidence[]): OpenSetCurve {
  const quantiles = knownQuantiles(known.map((evidence) => openSetLogOdds(DEFAULT_CURVE, evidence)))
  return quantiles ? { ...DEFAULT_CURVE, bias: DEFAULT_CURVE.bias - quantiles.normal } : DEFAULT_CURVE
}

/** Log odds that a picture shows one of the trained labels at all. Those of several backbones can be added. */
export function openSetLogOdds({ bias, far, levels, ...weights }: OpenSetCurve, evidence: OpenSetEvidence): number {
  const { label, nearness, gap, fromBackground } = evidence
  const logOdds = bias + weights.nearness * nearness + weights.gap * gap - (levels?.[label] ?? 0)
  return far && fromBackground !== null ? Math.min(logOdds, far.bias + far.slope * fromBackground) : logOdds
}

/** Rises by so much log odds for a cosine of 1: a picture a twentieth above the bound is hardly held back. */
const FAR_SLOPE = 40
/** Where the bound lies: at this share of what nearly all known pictures (two standard deviations below their mean) reach. */
const FAR_SHARE = 0.7
const FAR_DEVIATIONS = 2

/**
 * Holds back what is further from every label than known pictures ever are, as seen from pictures of any kind: things of another kind
 * altogether, which can lie near a label by chance when all labels are alike.
 * @param known evidence of pictures that were not trained on @param least log odds that such pictures are to stay below
 */
export function boundFarPictures(curve: OpenSetCurve, known: OpenSetEvidence[], least: number): OpenSetCurve {
  const cosines = known.flatMap(({ fromBackground }) => (fromBackground === null ? [] : [fromBackground]))
  if (cosines.length < LEAST_PICTURES) return curve
  const { mean, deviation } = standardize(cosines)
  const from = FAR_SHARE * (mean - FAR_DEVIATIONS * deviation)
  return { ...curve, far: { bias: least - FAR_SLOPE * from, slope: FAR_SLOPE } }
}

type Cosines = { near: string; far: string | null }

/** The log odds as operations of an ONNX graph. @param cosines names of n x classes cosines @returns the name of n x 1 */
export function openSetToOnnx(graph: GraphBuilder, curve: OpenSetCurve, cosines: Cosines, classes: number): string {
  const logOdds = lessLevel(graph, curve, {
    of: nearnessToOnnx(graph, curve, cosines.near, classes),
    near: cosines.near,
  })
  if (!curve.far || !cosines.far) return logOdds
  const { slope, bias } = curve.far
  const seen = largest(graph, cosines.far, classes)
  const scaled = graph.add('Mul', [seen, graph.constant([1], [slope])])
  const bound = graph.add('Add', [scaled, graph.constant([1], [bias])])
  return graph.add('Min', [logOdds, bound])
}

/** Takes off the level of the label with the largest cosine. @param of name of n x 1 @returns the name of n x 1 */
function lessLevel(graph: GraphBuilder, { levels }: OpenSetCurve, { of, near }: { of: string; near: string }): string {
  if (!levels) return of
  const label = graph.add('ArgMax', [near], { axis: 1, keepdims: 1 })
  return graph.add('Sub', [of, graph.add('Gather', [graph.constant([levels.length], levels), label], { axis: 0 })])
}

/** Largest value of each row: n x 1. */
const largest = (graph: GraphBuilder, name: string, classes: number): string =>
  graph.reshape(graph.add('GlobalMaxPool', [graph.reshape(name, [0, 1, classes])]), [0, 1])

function nearnessToOnnx(graph: GraphBuilder, curve: OpenSetCurve, cosines: string, classes: number): string {
  const times = (name: string, by: number): string => graph.add('Mul', [name, graph.constant([1], [by])])
  const first = largest(graph, cosines, classes)
  if (classes === 1)
    return graph.add('Add', [times(first, curve.nearness + 2 * curve.gap), graph.constant([1], [curve.bias])])
  // Moves the first one below all others: 4 is more than any two cosines differ by.
  const below = graph.add('Cast', [graph.add('Less', [cosines, first])], { to: ELEMENT_TYPE.float32 })
  const others = graph.add('Sub', [cosines, times(graph.add('Sub', [graph.constant([1], [1]), below]), 4)])
  const gap = graph.add('Sub', [first, largest(graph, others, classes)])
  const both = graph.add('Add', [times(first, curve.nearness), times(gap, curve.gap)])
  return graph.add('Add', [both, graph.constant([1], [curve.bias])])
}

function standardize(values: number[]) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) || 1
  return { mean, deviation, of: (v: number): number => (v - mean) / deviation }
}
