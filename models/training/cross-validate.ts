import { FOLDS } from '../cross-validation/assign-folds.ts'
import type { FoldResult, FoldTask } from '../cross-validation/fold.ts'
import { OutOfFold } from '../cross-validation/out-of-fold.ts'
import { validateFold } from '../cross-validation/validate-fold.ts'
import type { DatasetIssues } from '../label-issues/find-dataset-issues.ts'
import { prepareFolds } from './folds.ts'
import type { TrainingPlan } from './plan.ts'

/** Folds that other threads validate (`validateFolds`); `wait` blocks until they have, and gives their results in the order of `folds`. */
type SharedFolds = { folds: number[]; wait(): (FoldResult | null)[] }

/** Called for each backbone of the set, once the issues are found: may start other threads on some of the folds. */
export type ShareFolds = (issues: DatasetIssues, backbone: number) => SharedFolds

export const shareNoFolds: ShareFolds = () => ({ folds: [], wait: () => [] })

/** `backbone`: which one of the set. `onProgress`: told the share of the folds that is done. */
type Options = { backbone: number; shareFolds: ShareFolds; onProgress(share: number): void }

/** Validates the folds that no other thread takes; `finish` waits for those that others do, and puts all together. */
export function startCrossValidation(
  plan: TrainingPlan,
  issues: DatasetIssues,
  { backbone, shareFolds, onProgress }: Options,
): { task: FoldTask; finish(): FoldResult } {
  const { set, baseHeads } = plan
  const shared = shareFolds(issues, backbone)
  const own = Array.from({ length: FOLDS }, (_, fold) => fold).filter((fold) => !shared.folds.includes(fold))
  const task = prepareFolds(plan, issues, { backbone, folds: own })
  const outOfFold = new OutOfFold(baseHeads, set.y.length, set.labels.length)
  own.forEach((fold, i) => {
    onProgress(i / own.length)
    outOfFold.add(fold, validateFold(task, baseHeads, fold))
  })
  const finish = (): FoldResult => {
    shared.wait().forEach((result, i) => {
      outOfFold.add(shared.folds[i]!, result)
    })
    return outOfFold.all()
  }
  return { task, finish }
}
