import type { LearningCurveCounts } from '../evaluation/learning-curve.ts'
import type { OpenSetEvidence } from '../evaluation/open-set-evidence.ts'
import type { Rows } from '../numbers/rows.ts'
import type { Triangle } from '../numbers/triangle.ts'
import type { WithinClassCovariance } from '../whitening/within-class.ts'
import type { Workspace } from '../whitening/workspace.ts'
import type { Scores } from './scores.ts'

/** What every fold of one training starts from. */
export type FoldTask = {
  /** n x d features that are trained on. */
  features: Rows
  /** The same pictures as they will be asked about: what is measured on. */
  queryFeatures: Rows
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** What each row counts, above 0. */
  weights: Float32Array
  within: WithinClassCovariance
  prior: Triangle | null
  /** Mean of normalized features of pictures of any kind, d values (padded); null where it is not known. */
  background: Float32Array | null
  seed: number
  /** Memory for whitened rows, which each fold uses again. */
  workspace: Workspace
}

/** What a fold gives; all folds together have the same form (`OutOfFold`). */
export type FoldResult = {
  /** Rows that were tested: those of the fold whose class is also in another. Excluded rows are among them and count nowhere else. */
  rows: number[]
  /** By head, tested rows x classes: scores of heads that were not trained on the fold. */
  scores: Scores
  /** Those of the rows that count. */
  tested: number[]
  /** Evidence that each of them is known; and the same as if its own label had never been trained. */
  known: OpenSetEvidence[]
  unknown: OpenSetEvidence[]
  curve: LearningCurveCounts[]
}
