import { fitTemperature, softmax } from './calibration.ts'
import { chooseHead } from './choice.ts'
import { Classifier } from './classifier.ts'
import { Desk, joined, type Problem, type Validated, validateFold, whitenRows } from './cross-validation.ts'
import { assignFolds, nearDuplicateGroups } from './folds.ts'
import { affordable, fitHeads, type HeadName, headNames } from './heads/head.ts'
import { MeansHead } from './heads/means.ts'
import type { Matrix } from './kernels/kernels.ts'
import { summariseCurve } from './learning-curve.ts'
import { type Measurement, measure } from './measure.ts'
import type { Rows } from './rows.ts'
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
  /** d x d (padded): how pictures of one thing differ under this backbone; null where it is not known. */
  prior: Matrix | null
}

type TrainingOptions = {
  /** Heads to choose from by cross-validation; one alone is taken as it is. */
  heads?: HeadName[]
  /** Seconds that comparing may take for each head, roughly; those that need more are left out where there is a choice. */
  budget?: number
  seed?: number
  /** Called with the share done, 0 to 1. */
  onProgress?: (share: number) => void
}

export const FOLDS = 5
const NEAR_DUPLICATE_BITS = 4
/** Temperatures where nothing can be measured (fewer than two pictures a label). */
const FIXED_TEMPERATURE: Record<HeadName, number> = { means: 0.1, svm: 0.3, boosting: 1, blend: 1 }

/** Folds of the cross-validation that are worked on elsewhere, and what waits for them. */
type Elsewhere = { folds: number[]; wait(): (Validated | null)[] }

/** What `train` does with some of its folds, so that several threads can share them. */
export function validateSome(set: TrainingSet, options: TrainingOptions, folds: number[]): (Validated | null)[] {
  const { problem, heads } = prepare(set, options, folds)
  return folds.map((f) => validateFold(problem, heads, f))
}

function prepare(
  set: TrainingSet,
  { heads: wanted = headNames, budget = Number.POSITIVE_INFINITY, seed = 1 }: TrainingOptions,
  own: number[],
) {
  const { y, labels, hashes, prior } = set
  const classes = labels.length
  const heads = wanted.length === 1 ? wanted : affordable(wanted, { rows: y.length, classes }, FOLDS + 1, budget)
  const folds = assignFolds(y, nearDuplicateGroups(hashes, NEAR_DUPLICATE_BITS), FOLDS, seed)
  const { learned, asked } = set
  const within = new Within(learned, y, classes, folds, own, set.views)
  const problem: Problem = { learned, asked, y, classes, within, prior, seed, desk: new Desk(y.length) }
  return { problem, heads, skipped: wanted.filter((w) => !heads.includes(w)) }
}

/** Cross-validates with near duplicates in one fold, picks the head, calibrates on the out-of-fold scores, fits on everything. */
export function train(
  set: TrainingSet,
  options: TrainingOptions = {},
  elsewhere: Elsewhere = { folds: [], wait: () => [] },
) {
  const { seed = 1, onProgress = () => {} } = options
  const { y, labels } = set
  const classes = labels.length
  const own = Array.from({ length: FOLDS }, (_, f) => f).filter((f) => !elsewhere.folds.includes(f))
  const { problem, heads, skipped } = prepare(set, options, own)
  const parts: (Validated | null)[] = []
  own.forEach((f, i) => {
    onProgress((0.8 * i) / own.length)
    parts[f] = validateFold(problem, heads, f)
  })
  // While others are still at their folds.
  const { whitening, z, classOf } = whitenRows(
    problem,
    problem.within.rows(() => true),
    null,
  )
  const means = MeansHead.fit(z, classOf, classes)
  elsewhere.wait().forEach((part, i) => {
    parts[elsewhere.folds[i]!] = part
  })
  const validated = joined(
    parts.filter((p) => p !== null),
    heads,
    classes,
  )
  const truth = Uint32Array.from(validated.measured, (i) => y[i]!)
  const enough = truth.length >= 2 * classes
  const candidates = heads.map((name) => {
    const scores = validated.scores[name]!
    const temperature = enough ? fitTemperature(scores, truth) : FIXED_TEMPERATURE[name]
    return { name, temperature, probabilities: softmax(scores, temperature) }
  })
  const { chosen, reason } = chooseHead(candidates, truth)
  const { name, temperature, probabilities } = chosen

  const unknown = fitUnknown(validated.known, validated.strange)
  const head = name === 'means' ? means : fitHeads([name], { z, y: classOf, classes, seed })[name]
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
  const classifier = new Classifier({ labels, whitening, name, head, means, temperature, unknown })
  const measurement = { ...measure(probabilities, truth), recognition, learning: summariseCurve(validated.curve) }
  return { classifier, head: name, reason, skipped, measurement }
}
