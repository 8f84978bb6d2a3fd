import { embedAlike } from './alike.ts'
import { softmax } from './calibration.ts'
import { chooseHead } from './choice.ts'
import { Classifier } from './classifier.ts'
import { joined, type Problem, type Validated, validateFold, whitenRows } from './cross-validation.ts'
import { Desk } from './desk.ts'
import { findConflicts, findCopies, groupsOf, type Pair } from './duplicates.ts'
import { assignFolds } from './folds.ts'
import { nearDuplicateHashes } from './hashes.ts'
import { affordable, compared, fitHeads, type HeadName, membersOf, singles } from './heads/head.ts'
import { MeansHead } from './heads/means.ts'
import { Pool } from './heads/pool.ts'
import type { Matrix } from './kernels/kernels.ts'
import { summariseCurve } from './learning-curve.ts'
import { type Measurement, measure } from './measure.ts'
import { fitWeights, weighted } from './pool-weights.ts'
import type { Rows } from './rows.ts'
import { findSuspects, type Suspicions } from './suspects.ts'
import { type Evidence, fitUnknown, knownness } from './unknown.ts'
import { type Views, Within } from './within.ts'

export type TrainingSet = {
  /** n feature vectors of one backbone, d values each, as each picture is learned: best the mean of some views. */
  learned: Rows
  /** The same pictures as they will be asked about: what accuracy is measured on. */
  asked: Rows
  /** Features of several views of some of the pictures: how pictures of one thing differ, whatever their labels. */
  views: Views[]
  /** Class of each, 0 to labels.length - 1; at least one of every class, at least two classes. */
  y: Uint32Array
  labels: string[]
  /** 64-bit perceptual hash of each picture. */
  hashes: bigint[]
  /** 1 for each picture of which a person said that it is under the right label; left out: of none. */
  vouched?: Uint8Array
  /** d x d (padded): how pictures of one thing differ under this backbone; null where it is not known. */
  prior: Matrix | null
}

type TrainingOptions = {
  /** Heads to choose from by cross-validation; one alone is taken as it is. */
  heads?: HeadName[]
  /** Whether what clearly contradicts its label is left out (default). */
  robust?: boolean
  /** Seconds that comparing may take for each head, roughly; those that need more are left out where there is a choice. */
  budget?: number
  seed?: number
  /** Called with the share done, 0 to 1. */
  onProgress?: (share: number) => void
}

export const FOLDS = 5
/** Bits of 64 in which hashes of one picture rescaled or recompressed differ at most. */
const HASH_BITS = 4

/** What is known of the examples before any head: which are copies, which contradict their label, which fold each is in. */
export type Survey = {
  folds: Uint8Array
  /** What each example counts: copies of one picture count as one. */
  weights: Float32Array
  /** Copies under one label; pictures that are nearly the same under two. */
  copies: Pair[]
  conflicts: Pair[]
  suspicions: Suspicions
}
/** Folds of the cross-validation that are worked on elsewhere, and what waits for them. */
type Elsewhere = (survey: Survey) => { folds: number[]; wait(): (Validated | null)[] }

/** What `train` does with some of its folds, so that several threads can share them. */
export function validateSome(
  set: TrainingSet,
  options: TrainingOptions,
  survey: Survey,
  folds: number[],
): (Validated | null)[] {
  const { heads } = affordableHeads(set, options)
  const problem = poseProblem(set, options, survey, folds, new Desk(set.y.length))
  return folds.map((f) => validateFold(problem, single(heads), f))
}

/** Which examples are copies, contradict their label, and share a fold: nothing is trained for it. */
export function surveyExamples(
  set: TrainingSet,
  { seed = 1, robust = true }: TrainingOptions = {},
  desk = new Desk(set.y.length),
): Survey {
  const { learned, views, prior, y, labels, hashes } = set
  const n = y.length
  const z = embedAlike(learned, views, prior, desk)
  const hashed = nearDuplicateHashes(hashes, HASH_BITS)
  const copies = findCopies(z, y, hashed)
  const group = groupsOf(n, copies)
  const vouched = set.vouched ?? new Uint8Array(n)
  const suspicions = findSuspects(z, y, labels.length, group, vouched)
  if (!robust) suspicions.leftOut.fill(0)
  const conflicts = findConflicts(z, y, hashed, suspicions.scores)
  // Never on both sides of a split, whatever they are called. (By features two labels for one thing would make one group.)
  const together = groupsOf(n, [...copies, ...conflicts.filter((p) => p.similarity === 1)])
  const sizes = new Uint32Array(n)
  for (const g of group) sizes[g]! += 1
  const weights = Float32Array.from(group, (g) => 1 / sizes[g]!)
  return { folds: assignFolds(y, together, FOLDS, seed), weights, copies, conflicts, suspicions }
}

function affordableHeads(
  { y, labels }: TrainingSet,
  { heads: wanted = compared, budget = Number.POSITIVE_INFINITY }: TrainingOptions,
) {
  const size = { rows: y.length, classes: labels.length }
  const heads = wanted.length === 1 ? wanted : affordable(wanted, size, FOLDS + 1, budget)
  return { heads, skipped: wanted.filter((w) => !heads.includes(w)) }
}

/** All heads that any of them needs. */
const single = (heads: HeadName[]) => [...new Set(heads.flatMap(membersOf))]

function poseProblem(
  set: TrainingSet,
  { seed = 1 }: TrainingOptions,
  { folds, weights, suspicions: { leftOut } }: Survey,
  wanted: number[],
  desk: Desk,
): Problem {
  const { learned, asked, y, prior } = set
  const classes = set.labels.length
  const views = set.views.filter((v) => !leftOut[v.row])
  const within = new Within(learned, y, classes, { folds, leftOut }, wanted, views)
  return { learned, asked, y, classes, weights, within, prior, seed, desk }
}

/**
 * Looks for copies and suspects, cross-validates without what is left out and with copies in one fold, picks the head, calibrates on the
 * out-of-fold scores, fits on everything that counts.
 */
export function train(
  set: TrainingSet,
  options: TrainingOptions = {},
  elsewhere: Elsewhere = () => ({ folds: [], wait: () => [] }),
) {
  const { seed = 1, onProgress = () => {} } = options
  const { y, labels } = set
  const classes = labels.length
  const desk = new Desk(y.length)
  onProgress(0)
  const survey = surveyExamples(set, options, desk)
  const others = elsewhere(survey)
  const own = Array.from({ length: FOLDS }, (_, f) => f).filter((f) => !others.folds.includes(f))
  const { heads, skipped } = affordableHeads(set, options)
  const problem = poseProblem(set, options, survey, own, desk)
  const parts: (Validated | null)[] = []
  own.forEach((f, i) => {
    onProgress(0.1 + (0.7 * i) / own.length)
    parts[f] = validateFold(problem, single(heads), f)
  })
  // While others are still at their folds.
  const counted = problem.within.rows(() => true)
  const { whitening, z, classOf, weights, unwhiten } = whitenRows(problem, counted, null)
  const lesson = { z, y: classOf, classes, weights, seed }
  const means = MeansHead.fit(lesson)
  others.wait().forEach((part, i) => {
    parts[others.folds[i]!] = part
  })
  const validated = joined(
    parts.filter((p) => p !== null),
    single(heads),
    classes,
  )
  const truth = Uint32Array.from(validated.measured, (i) => y[i]!)
  const enough = truth.length >= 2 * classes
  const candidates = heads.map((name) => {
    const scores = membersOf(name).map((member) => validated.scores[member]!)
    const usual = membersOf(name).map((member) => singles[member].weight)
    const weights = enough ? fitWeights(scores, truth, usual) : usual.map((w, i) => (i === 0 ? w : 0))
    return { name, weights, probabilities: softmax(weighted(scores, weights)) }
  })
  const { chosen, reason } = chooseHead(candidates, truth)
  const { name, probabilities } = chosen

  const unknown = fitUnknown(validated.known, validated.strange)
  const members = membersOf(name).flatMap((member, i) =>
    chosen.weights[i]! > 0 ? [{ name: member, weight: chosen.weights[i]! }] : [],
  )
  const fitted = fitHeads(
    members.map((m) => m.name),
    lesson,
    unwhiten,
  )
  const pool = new Pool(members.map((m) => ({ ...m, head: m.name === 'means' ? means : fitted[m.name]! })))
  onProgress(1)
  const share = (rows: Evidence[], keep: (known: number) => boolean): number =>
    rows.filter((e) => keep(knownness(unknown, e))).length / rows.length
  const recognition: Measurement['recognition'] =
    validated.known.length > 0 && validated.strange.length > 0
      ? {
          knownAccepted: share(validated.known, (k) => k >= 0.5),
          strangeRefused: share(validated.strange, (k) => k < 0.5),
        }
      : null
  const classifier = new Classifier({ labels, whitening, pool, means, unknown })
  const measurement = { ...measure(probabilities, truth), recognition, learning: summariseCurve(validated.curve) }
  const outOfFold = { rows: validated.measured, probabilities }
  return { classifier, head: name, reason, skipped, measurement, survey, outOfFold }
}
