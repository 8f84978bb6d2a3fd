import type { Rows } from '../numbers/rows.ts'
import type { GivenLabels } from './evidence.ts'
import { bestOtherClass, type LabelFit } from './label-fit.ts'
import { neighbourLogOdds } from './neighbours.ts'
import { sampleEvenly } from './sample-evenly.ts'
import type { SuspicionScores } from './suspicion-score.ts'

// The reasons for these values, and what was measured: docs/decisions/leave-out-by-neighbours.md.

/** Suspicion score from which on the neighbours of a picture are asked. */
const ASKED_FROM_SCORE = 0.25
/** Log odds, by neighbours' votes, of the given label against the one that fits best: above these, it is supported, and well supported. */
const SUPPORTED_ODDS = -1.2
const WELL_SUPPORTED_ODDS = -0.4
/**
 * Labels hold several kinds of pictures only where more than this share of the contradicted ones is well supported, and by this much more
 * than of pictures under a made-up wrong label.
 */
const MIN_WELL_SUPPORTED = 0.1
const MARGIN_OVER_WRONG = 0.02
/** Pictures that are asked about under a wrong label. */
const SAMPLED_WRONG = 300

type Options = {
  found: SuspicionScores
  fit: LabelFit
  /** Rows that are left out unless they are supported (`contradictedRows`). */
  contradicted: number[]
  /** Of `neighbourTemperature`. */
  temperature: number
}

/**
 * 1 for rows that are suspicious enough to ask their neighbours, and whose neighbours support their label. None where labels hold one kind of
 * pictures each: there, two wrong pictures of one sort would speak for each other.
 * @param z rows of length 1
 */
export function findSupported(
  z: Rows,
  given: GivenLabels,
  { found, fit, contradicted, temperature }: Options,
): Uint8Array {
  const { y, classes } = given
  const logOdds = neighbourLogOdds(z, given, temperature)
  const all = [...y.keys()]
  const asked = all.filter((r) => found.scores[r]! >= ASKED_FROM_SCORE)
  const oddsOf = new Map(asked.map((r) => [r, logOdds(r, y[r]!, bestOtherClass(fit.cosines, r, y[r]!))]))
  const unsuspected = all.filter((r) => !oddsOf.has(r))
  const oddsOfWrong = sampleEvenly(unsuspected, SAMPLED_WRONG).map((r, i) =>
    logOdds(r, (y[r]! + 1 + (i % (classes - 1))) % classes, y[r]!),
  )
  const ofContradicted = wellSupportedShare(contradicted.map((r) => oddsOf.get(r)!))
  const severalKinds =
    ofContradicted > Math.max(MIN_WELL_SUPPORTED, wellSupportedShare(oddsOfWrong) + MARGIN_OVER_WRONG)
  return Uint8Array.from(all, (r) => Number(severalKinds && (oddsOf.get(r) ?? SUPPORTED_ODDS) > SUPPORTED_ODDS))
}

const wellSupportedShare = (odds: number[]): number =>
  odds.filter((v) => v > WELL_SUPPORTED_ODDS).length / Math.max(1, odds.length)
