import { Classifier } from './classifier.ts'
import { OutOfFold } from './cross-validation/out-of-fold.ts'
import { type FoldResult, type FoldTask, validateFold, whitenRows } from './cross-validation/validate-fold.ts'
import { chooseHead } from './evaluation/choose-head.ts'
import { ensembleProbabilities, fitEnsembleWeights, weightedSum } from './evaluation/ensemble-weights.ts'
import { summarizeLearningCurve } from './evaluation/learning-curve.ts'
import { type Measurement, measure } from './evaluation/metrics.ts'
import { fitOpenSetCurve, type OpenSetCurve, type OpenSetEvidence, openSetScore } from './evaluation/open-set.ts'
import { ClassMeansHead } from './heads/class-means.ts'
import { Ensemble } from './heads/ensemble.ts'
import {
  affordableHeads,
  BASE_HEADS,
  type BaseHeadName,
  DEFAULT_HEADS,
  fitHeads,
  type HeadName,
  initialWeights,
  membersOf,
} from './heads/head.ts'
import type { Matrix } from './kernels/kernels.ts'
import { FOLDS, type Survey, surveyExamples } from './label-issues/survey.ts'
import { reconsider, type Suspicions, unsure } from './label-issues/suspects.ts'
import { discard } from './numbers/discard.ts'
import type { TrainingSet } from './training-set.ts'
import { Within } from './whitening/within-class.ts'
import { Desk } from './whitening/workspace.ts'

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

/** Folds of the cross-validation that are worked on elsewhere, and what waits for them. */
type ShareFolds = (survey: Survey) => { folds: number[]; wait(): (FoldResult | null)[] }

/** What `train` does with some of its folds, so that several threads can share them. */
export function validateFolds(
  set: TrainingSet,
  options: TrainingOptions,
  survey: Survey,
  folds: number[],
): (FoldResult | null)[] {
  const { heads } = affordHeads(set, options)
  const problem = prepareFolds(set, options, survey, folds, new Desk(set.y.length, set.labels.length))
  return folds.map((f) => validateFold(problem, single(heads), f))
}

function affordHeads(
  { y, labels }: Pick<TrainingSet, 'y' | 'labels'>,
  { heads: wanted = DEFAULT_HEADS, budget = Number.POSITIVE_INFINITY }: Pick<TrainingOptions, 'heads' | 'budget'>,
) {
  const size = { rows: y.length, classes: labels.length }
  const heads = wanted.length === 1 ? wanted : affordableHeads(wanted, size, FOLDS + 1, budget)
  return { heads, skipped: wanted.filter((w) => !heads.includes(w)) }
}

/** Each head that training this would take. */
export const requiredBaseHeads = (set: Pick<TrainingSet, 'y' | 'labels'>, options: TrainingOptions): BaseHeadName[] =>
  single(affordHeads(set, options).heads)

const countedIn = ({ leftOut }: Suspicions): number[] => [...leftOut.keys()].filter((r) => !leftOut[r])

/** All heads that any of them needs. */
const single = (heads: HeadName[]): BaseHeadName[] => [...new Set(heads.flatMap(membersOf))]

function prepareFolds(
  set: TrainingSet,
  { seed = 1 }: TrainingOptions,
  { folds, weights, suspicions }: Survey,
  wanted: number[],
  desk: Desk,
): FoldTask {
  const { features: learned, queryFeatures: asked, y, prior } = set
  const classes = set.labels.length
  const { leftOut } = suspicions
  const views = set.views.filter((v) => !leftOut[v.row])
  const within = new Within(learned, y, classes, { folds, leftOut, unsure: unsure(suspicions) }, wanted, views)
  return { features: learned, queryFeatures: asked, y, classes, weights, within, prior, seed, desk }
}

/**
 * Looks for copies and suspects, cross-validates without what is left out and with copies in one fold, picks the head, calibrates on the
 * out-of-fold scores, fits on everything that counts.
 */
export function trainClassifier(
  set: TrainingSet,
  options: TrainingOptions = {},
  elsewhere: ShareFolds = () => ({ folds: [], wait: () => [] }),
) {
  const { seed = 1, onProgress = () => {} } = options
  const { y, labels } = set
  const classes = labels.length
  const desk = new Desk(y.length, classes)
  onProgress(0)
  const { survey, filed, grounds } = surveyExamples(set, options, desk)
  const others = elsewhere(survey)
  const own = Array.from({ length: FOLDS }, (_, f) => f).filter((f) => !others.folds.includes(f))
  const { heads, skipped } = affordHeads(set, options)
  const problem = prepareFolds(set, options, survey, own, desk)
  const all = single(heads)
  const answered = new OutOfFold(all, y.length, classes)
  own.forEach((f, i) => {
    onProgress(0.1 + (0.7 * i) / own.length)
    answered.add(f, validateFold(problem, all, f))
  })
  const { leftOut } = survey.suspicions
  // While others are still at their folds; where something is left out, it is first decided anew what.
  const early = leftOut.some(Boolean) ? null : whitenRows(problem, countedIn(survey.suspicions), null)
  others.wait().forEach((part, i) => {
    answered.add(others.folds[i]!, part)
  })
  const validated = answered.all()
  // Those that are left out are answered, but not measured; of copies, one is.
  const firstOf = new Map<number, number>()
  for (const r of validated.rows) if (!leftOut[r] && !firstOf.has(filed.group[r]!)) firstOf.set(filed.group[r]!, r)
  const measured = [...firstOf.values()]
  const { chosen, reason } = chooseHead(heads.map((name) => weigh(name, validated.scores, measured, y, classes)))
  const { name } = chosen
  const probabilities = ensembleProbabilities(scoresOf(name, validated.scores), chosen.weights)
  discard(...Object.values(validated.scores).map((s) => s.data))

  const suspicions = reconsider({ ...survey.suspicions, grounds }, filed, validated.rows, probabilities)
  const { whitening, z, classOf, weights, unwhiten } =
    early ?? whitenRows(prepareFolds(set, options, { ...survey, suspicions }, [], desk), countedIn(suspicions), null)
  const lesson = { z, y: classOf, classes, weights, seed }
  const means = ClassMeansHead.fit(lesson)
  const unknown = fitOpenSetCurve(validated.known, validated.unknown)
  const members = membersOf(name).flatMap((member, i) =>
    chosen.weights[i]! > 0 ? [{ name: member, weight: chosen.weights[i]! }] : [],
  )
  const fitted = fitHeads(
    members.map((m) => m.name),
    lesson,
    { means, unwhiten },
  )
  const pool = new Ensemble(members.map((m) => ({ ...m, head: fitted[m.name]! })))
  onProgress(1)
  const classifier = new Classifier({ labels, whitening, pool, means, unknown })
  const measurement = {
    ...measure(probabilities, y, measured),
    recognition: measureRecognition(validated, unknown),
    learning: summarizeLearningCurve(validated.curve),
  }
  const outOfFold = { rows: measured, probabilities }
  return { classifier, head: name, reason, skipped, measurement, survey: { ...survey, suspicions }, outOfFold }
}

const scoresOf = (name: HeadName, all: FoldResult['scores']): Matrix[] => membersOf(name).map((member) => all[member]!)

/** What the scores of a head's members count, and on which rows it is right. */
function weigh(name: HeadName, all: FoldResult['scores'], measured: number[], y: Uint32Array, classes: number) {
  const scores = scoresOf(name, all)
  const truth = measured.map((r) => y[r]!)
  const enough = truth.length >= 2 * classes
  const weights = enough ? fitEnsembleWeights(scores, truth, initialWeights(name), measured) : firstAlone(name)
  const { data } = weightedSum(scores, weights)
  const isRight = (r: number): boolean => {
    const own = data[r * classes + y[r]!]!
    for (let i = r * classes; i < (r + 1) * classes; i++) if (data[i]! > own) return false
    return true
  }
  const hits = Uint8Array.from(measured, (r) => Number(isRight(r)))
  discard(data)
  return { name, weights, hits }
}

const firstAlone = (name: HeadName): number[] =>
  membersOf(name).map((member, i) => (i === 0 ? BASE_HEADS[member].weight : 0))

/** Null where nothing could be told. */
function measureRecognition({ known, unknown: strange }: FoldResult, curve: OpenSetCurve): Measurement['recognition'] {
  if (known.length === 0 || strange.length === 0) return null
  const share = (rows: OpenSetEvidence[], keep: (known: number) => boolean): number =>
    rows.filter((e) => keep(openSetScore(curve, e))).length / rows.length
  return { knownAccepted: share(known, (k) => k >= 0.5), strangeRefused: share(strange, (k) => k < 0.5) }
}
