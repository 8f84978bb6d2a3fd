import { Classifier } from './classifier.ts'
import type { FoldResult } from './cross-validation/fold.ts'
import { type Whitened, whitenExamples } from './cross-validation/whiten-examples.ts'
import type { HeadChoiceReason } from './evaluation/choose-head.ts'
import type { Measurement } from './evaluation/measurement.ts'
import { fitRefusals } from './evaluation/refusals.ts'
import type { HeadName } from './heads/names.ts'
import { type DatasetIssues, findDatasetIssues } from './label-issues/find-dataset-issues.ts'
import { updateSuspicions } from './label-issues/suspects.ts'
import type { Matrix } from './numbers/matrix.ts'
import { compareHeads } from './training/compare-heads.ts'
import { type ShareFolds, shareNoFolds, startCrossValidation } from './training/cross-validate.ts'
import { fitBackboneClassifier } from './training/fit-classifier.ts'
import { fitOpenSet } from './training/fit-open-set.ts'
import { prepareFolds } from './training/folds.ts'
import { gradedAnswers, measuredRows, measureTraining } from './training/measure-training.ts'
import { planTraining, type TrainingOptions, type TrainingPlan } from './training/plan.ts'
import { embeddingsOf, type TrainingSet } from './training-set.ts'

/** The classifier, how good it is, and what was found in the data. */
export type TrainingResult = {
  classifier: Classifier
  /** The head that was chosen. */
  head: HeadName
  /** Why. */
  reason: HeadChoiceReason
  /** Which backbones answer, counted as in the training set: those that help. */
  backbones: number[]
  /** Heads that were asked for and would have taken longer than the budget. */
  skipped: HeadName[]
  /** How good the classifier is, measured on pictures that were not trained on. */
  measurement: Measurement
  /** Copies and label issues; rows are those of the features. */
  issues: DatasetIssues
  /** Answers of heads that did not see the row: n x classes, zeros where a row was not tested. `rows`: those that were measured. */
  outOfFold: { rows: number[]; probabilities: Matrix }
}

/** Shares of a training that are done before the cross-validation and by it, roughly. */
const [ISSUES_SHARE, FOLDS_SHARE] = [0.1, 0.7]

/**
 * Trains a classifier:
 * 1. find copies and label issues (`findDatasetIssues`),
 * 2. cross-validate without what is left out, with copies in one fold, each backbone on the same folds,
 * 3. choose the head, and weigh its members and the backbones, by the out-of-fold answers,
 * 4. reconsider the label issues by what those say,
 * 5. train on everything that is not left out, each backbone that helps,
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

  const { validated, early } = crossValidate(plan, issues, { shareFolds, onProgress })
  const [first] = validated as [FoldResult, ...FoldResult[]]
  const rows = measuredRows(first.rows, given.group, issues.suspicions.leftOut)
  const chosen = compareHeads(plan, validated, rows)
  const { probabilities } = chosen

  const suspicions = updateSuspicions({ ...issues.suspicions, evidence }, given, { rows: first.rows, probabilities })
  const reconsidered = { ...issues, suspicions }

  const backbones = [...validated.keys()].filter((b) => chosen.weights[b]!.some((weight) => weight > 0))
  const { curves, pool, unknownBelow, scores } = fitOpenSet(
    backbones.map((b) => validated[b]!),
    { own: first.tested.map((r) => y[r]!), classes: labels.length },
  )
  const answers = { probabilities, y, rows, openSet: scores }
  const refusals = fitRefusals(unknownBelow, gradedAnswers(first.tested, answers))
  const members = backbones.map((backbone, m) => {
    const task = early ? null : prepareFolds(plan, reconsidered, { backbone, folds: [] })
    const whitened = task ? whitenExamples(task, keptRows(suspicions.leftOut), null) : early!
    const { background = null } = embeddingsOf(set)[backbone]!
    const weights = chosen.weights[backbone]!
    return fitBackboneClassifier(whitened, { head: chosen.name, weights, openSet: curves[m]!, background })
  })
  onProgress(1)

  return {
    classifier: new Classifier({ labels, members, openSet: pool, refusals }),
    head: chosen.name,
    reason: chosen.reason,
    backbones,
    skipped: plan.skipped,
    measurement: measureTraining(first, { ...answers, refusals }),
    issues: reconsidered,
    outOfFold: { rows, probabilities },
  }
}

type Sharing = { shareFolds: ShareFolds; onProgress(share: number): void }

/** By backbone. `early`: every example whitened, where that cannot change anymore. */
function crossValidate(
  plan: TrainingPlan,
  issues: DatasetIssues,
  { shareFolds, onProgress }: Sharing,
): { validated: FoldResult[]; early: Whitened | null } {
  const { leftOut } = issues.suspicions
  const count = embeddingsOf(plan.set).length
  let early: Whitened | null = null
  const validated = Array.from({ length: count }, (_, backbone) => {
    const report = (share: number): void => onProgress(ISSUES_SHARE + (FOLDS_SHARE * (backbone + share)) / count)
    const { task, finish } = startCrossValidation(plan, issues, { backbone, shareFolds, onProgress: report })
    // Where nothing is left out, and no other backbone needs the memory: done while other threads are still at their folds.
    if (count === 1 && !leftOut.some(Boolean)) early = whitenExamples(task, keptRows(leftOut), null)
    return finish()
  })
  return { validated, early }
}

const keptRows = (leftOut: Uint8Array): number[] => [...leftOut.keys()].filter((r) => !leftOut[r])
