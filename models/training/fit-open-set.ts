import type { FoldResult } from '../cross-validation/fold.ts'
import { labelLevels } from '../evaluation/label-levels.ts'
import { toProbability } from '../evaluation/logistic.ts'
import { fitOneLabel } from '../evaluation/one-label.ts'
import {
  boundFarPictures,
  DEFAULT_CURVE,
  fitOpenSetCurve,
  type OpenSetCurve,
  openSetLogOdds,
} from '../evaluation/open-set.ts'
import { ALONE, fitOpenSetPool, type OpenSetPool, poolLogOdds, UNMEASURED } from '../evaluation/open-set-pool.ts'
import { type Caution, fitUnknownBelow } from '../evaluation/refusals.ts'

/** Open-set scores out of fold: of the tested rows as they are, and as if their labels had never been trained. */
export type OpenSetScores = { known: number[]; unknown: number[] }

type FittedOpenSet = {
  /** By backbone. */
  curves: OpenSetCurve[]
  /** What they count together. */
  pool: OpenSetPool
  /** Of all backbones together, log odds; null where too little was measured. */
  unknownBelow: Record<Caution, number> | null
  scores: OpenSetScores
}

type Evidence = Pick<FoldResult, 'known' | 'unknown'>
/** `own`: the label of each tested row, 0 to classes - 1. */
type Labels = { own: number[]; classes: number }

/**
 * Fits the open-set curve of each backbone, what they count together, and where answers are refused.
 * @param validated by backbone
 */
export function fitOpenSet(validated: Evidence[], { own, classes }: Labels): FittedOpenSet {
  if (classes === 1) return fitOpenSetOfOneLabel(validated)
  const near = validated.map(({ known, unknown }) => {
    const curve = fitOpenSetCurve(known, unknown)
    const logOdds = known.map((evidence) => openSetLogOdds(curve, evidence))
    return { ...curve, levels: labelLevels({ logOdds, own, classes }) }
  })
  const sum = (kind: keyof Evidence): number[] => poolAll(near, ALONE, validated, kind)
  const pool = validated.length === 1 ? ALONE : fitOpenSetPool({ known: sum('known'), unknown: sum('unknown') })
  const unknownBelow = fitUnknownBelow(poolAll(near, pool, validated, 'known'))
  const curves = near.map((curve, b) => {
    const { known } = validated[b]!
    const below = fitUnknownBelow(known.map((evidence) => openSetLogOdds(curve, evidence)))
    return below ? boundFarPictures(curve, known, below.low) : curve
  })
  const score = (kind: keyof Evidence): number[] => poolAll(curves, pool, validated, kind).map(toProbability)
  return { curves, pool, unknownBelow, scores: { known: score('known'), unknown: score('unknown') } }
}

/** The default curves, with one half where what was taught begins to be refused. */
function fitOpenSetOfOneLabel(validated: Evidence[]): FittedOpenSet {
  const curves = validated.map(() => DEFAULT_CURVE)
  const unmoved = validated.length === 1 ? ALONE : UNMEASURED
  const { unknownBelow, slope } = fitOneLabel(poolAll(curves, unmoved, validated, 'known'))
  const moved = (logOdds: number): number => slope * (logOdds - unknownBelow.normal)
  const pool = { bias: moved(0), slope: slope * unmoved.slope }
  const known = poolAll(curves, pool, validated, 'known').map(toProbability)
  const { low, normal, high } = unknownBelow
  return {
    curves,
    pool,
    unknownBelow: { low: moved(low), normal: moved(normal), high: moved(high) },
    scores: { known, unknown: [] },
  }
}

/** Log odds of each picture by all backbones together. */
const poolAll = (curves: OpenSetCurve[], pool: OpenSetPool, validated: Evidence[], kind: keyof Evidence): number[] =>
  validated[0]![kind].map((_, i) =>
    poolLogOdds(
      pool,
      curves.map((curve, b) => openSetLogOdds(curve, validated[b]![kind][i]!)),
    ),
  )
