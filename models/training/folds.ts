import type { FoldResult, FoldTask } from '../cross-validation/fold.ts'
import { validateFold } from '../cross-validation/validate-fold.ts'
import type { DatasetIssues } from '../label-issues/find-dataset-issues.ts'
import { unreliableRows } from '../label-issues/suspects.ts'
import { embeddingsOf, type TrainingSet } from '../training-set.ts'
import { WithinClassCovariance } from '../whitening/within-class.ts'
import { planTraining, type TrainingOptions, type TrainingPlan } from './plan.ts'

/** `backbone`: which one of the set. `folds`: those that will be validated; none: only everything is whitened. */
type Wanted = { backbone: number; folds: number[] }

export function prepareFolds(plan: TrainingPlan, issues: DatasetIssues, { backbone, folds }: Wanted): FoldTask {
  const { set, seed, workspace } = plan
  const { y } = set
  const embeddings = embeddingsOf(set)[backbone]!
  const { features, queryFeatures, prior, background = null } = embeddings
  const { weights, suspicions } = issues
  const classes = set.labels.length
  const { leftOut } = suspicions
  const views = embeddings.views.filter((v) => !leftOut[v.row])
  const within = new WithinClassCovariance({
    x: features,
    y,
    classes,
    folds: issues.folds,
    leftOut,
    unreliable: unreliableRows(suspicions),
    views,
    wanted: folds,
  })
  return { features, queryFeatures, y, classes, weights, within, prior, background, seed, workspace }
}

/**
 * Validates some folds as `trainClassifier` would with the same set and options, so that several threads can share them.
 * @param shared what the training found (`ShareFolds`), the backbone, and the folds to validate
 * @returns by fold, in that order; null where nothing of it can be measured
 */
export function validateFolds(
  set: TrainingSet,
  options: TrainingOptions,
  shared: Wanted & { issues: DatasetIssues },
): (FoldResult | null)[] {
  const { issues, backbone, folds } = shared
  const plan = planTraining(set, options)
  const task = prepareFolds(plan, issues, { backbone, folds })
  return folds.map((fold) => validateFold(task, plan.baseHeads, fold))
}
