import type { FoldResult, FoldTask } from '../cross-validation/fold.ts'
import { validateFold } from '../cross-validation/validate-fold.ts'
import type { Survey } from '../label-issues/survey.ts'
import { unsure } from '../label-issues/suspects.ts'
import type { TrainingSet } from '../training-set.ts'
import { Within } from '../whitening/within-class.ts'
import { planTraining, type TrainingOptions, type TrainingPlan } from './plan.ts'

/** @param folds those that will be validated; none: only everything is whitened */
export function prepareFolds(plan: TrainingPlan, survey: Survey, folds: number[]): FoldTask {
  const { set, seed, workspace } = plan
  const { features, queryFeatures, y, prior } = set
  const { weights, suspicions } = survey
  const classes = set.labels.length
  const { leftOut } = suspicions
  const views = set.views.filter((v) => !leftOut[v.row])
  const rows = { folds: survey.folds, leftOut, unsure: unsure(suspicions) }
  const within = new Within(features, y, classes, rows, folds, views)
  return { features, queryFeatures, y, classes, weights, within, prior, seed, workspace }
}

/**
 * Validates some folds as `trainClassifier` would with the same set and options, so that several threads can share them.
 * @param shared what the training found (`ShareFolds`), and the folds to validate
 * @returns by fold, in that order; null where nothing of it can be measured
 */
export function validateFolds(
  set: TrainingSet,
  options: TrainingOptions,
  shared: { survey: Survey; folds: number[] },
): (FoldResult | null)[] {
  const { survey, folds } = shared
  const plan = planTraining(set, options)
  const task = prepareFolds(plan, survey, folds)
  return folds.map((fold) => validateFold(task, plan.baseHeads, fold))
}
