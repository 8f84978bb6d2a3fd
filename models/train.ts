import type { Classifier } from './classifier.ts'
import { whitenExamples } from './cross-validation/whiten-examples.ts'
import type { HeadChoiceReason } from './evaluation/choose-head.ts'
import type { Measurement } from './evaluation/measurement.ts'
import { boundFarPictures, fitOpenSetCurve, openSetLogOdds } from './evaluation/open-set.ts'
import { fitRefusals, fitUnknownBelow } from './evaluation/refusals.ts'
import type { HeadName } from './heads/names.ts'
import { type DatasetIssues, findDatasetIssues } from './label-issues/find-dataset-issues.ts'
import { updateSuspicions } from './label-issues/suspects.ts'
import type { Matrix } from './numbers/matrix.ts'
import { compareHeads } from './training/compare-heads.ts'
import { type ShareFolds, shareNoFolds, startCrossValidation } from './training/cross-validate.ts'
import { fitClassifier } from './training/fit-classifier.ts'
import { prepareFolds } from './training/folds.ts'
import { gradedAnswers, measuredRows, measureTraining } from './training/measure-training.ts'
import { planTraining, type TrainingOptions } from './training/plan.ts'
import type { TrainingSet } from './training-set.ts'

/** The classifier, how good it is, and what was found in the data. */
export type TrainingResult = {
  classifier: Classifier
  /** The head that was chosen. */
  head: HeadName
  /** Why. */
  reason: HeadChoiceReason
  /** Heads that were asked for and would have taken longer than the budget. */
  skipped: HeadName[]
  /** How good the classifier is, measured on pictures that were not trained on. */
  measurement: Measurement
  /** Copies and label issues; rows are those of the features. */
  issues: DatasetIssues
  /** Answers of heads that did not see the row: n x classes, zeros where a row was not tested. `rows`: those that were measured. */
  outOfFold: { rows: number[]; probabilities: Matrix }
}

/**
 * Trains a classifier:
 * 1. find copies and label issues (`findDatasetIssues`),
 * 2. cross-validate without what is left out, with copies in one fold,
 * 3. choose the head, and weigh its members, by the out-of-fold answers,
 * 4. reconsider the label issues by what those say,
 * 5. train on everything that is not left out,
 * 6. measure.
 * @param shareFolds lets other threads validate some of the folds; the result is the same, to the bit
 */
export function trainClassifier(
  set: TrainingSet,
  options: TrainingOptions = {},
  shareFolds: ShareFolds = shareNoFolds,
): TrainingResult {
  const { onProgress = () => {} } = options
  const { y, labels } = set
  onProgress(0)
  const plan = planTraining(set, options)
  const { issues, given, evidence } = findDatasetIssues(set, options, plan.workspace)

  const { task, finish } = startCrossValidation(plan, issues, { shareFolds, onProgress })
  const { leftOut } = issues.suspicions
  // Where nothing is left out, this cannot change anymore: done while other threads are still at their folds.
  const early = leftOut.some(Boolean) ? null : whitenExamples(task, keptRows(leftOut), null)
  const validated = finish()

  const rows = measuredRows(validated.rows, given.group, leftOut)
  const chosen = compareHeads(plan, validated, rows)
  const { probabilities } = chosen

  const suspicions = updateSuspicions({ ...issues.suspicions, evidence }, given, {
    rows: validated.rows,
    probabilities,
  })
  const reconsidered = { ...issues, suspicions }

  const whitened = early ?? whitenExamples(prepareFolds(plan, reconsidered, []), keptRows(suspicions.leftOut), null)
  const near = fitOpenSetCurve(validated.known, validated.unknown)
  const unknownBelow = fitUnknownBelow(validated.known.map((evidence) => openSetLogOdds(near, evidence)))
  const openSet = unknownBelow ? boundFarPictures(near, validated.known, unknownBelow.low) : near
  const refusals = fitRefusals(unknownBelow, gradedAnswers(validated, { probabilities, y, rows, openSet }))
  const { background = null } = set
  const classifier = fitClassifier(whitened, { labels, head: chosen, openSet, refusals, background })
  onProgress(1)

  return {
    classifier,
    head: chosen.name,
    reason: chosen.reason,
    skipped: plan.skipped,
    measurement: measureTraining(validated, { probabilities, y, rows, openSet, refusals }),
    issues: reconsidered,
    outOfFold: { rows, probabilities },
  }
}

const keptRows = (leftOut: Uint8Array): number[] => [...leftOut.keys()].filter((r) => !leftOut[r])
