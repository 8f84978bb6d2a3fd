/**
 * The learning of Mekiki as a library: features of pictures in, a calibrated classifier that knows what it does not know out.
 * It uses no database, no clock and no environment. `docs/models.md` has an example that runs.
 * @module
 */
import { type Examples, toTrainingSet } from './examples.ts'
import { type TrainingResult, trainClassifier } from './train.ts'
import type { TrainingOptions } from './training/plan.ts'

/**
 * Trains a classifier on features of labelled pictures: finds copies and label issues, chooses a head by cross-validation, calibrates and
 * measures it. It blocks the thread: on one core, 1,000 pictures of 20 labels and 816 values take about 2 seconds with `heads: ['linear']` and 20
 * where boosting is compared, too. `budget` leaves out heads that would take longer.
 * @param examples two or more labels, or one and a background; one picture a label is enough, five or more can be measured
 * @param options which heads to compare, whether to leave out what contradicts its label, a seed, progress
 * @returns the classifier, how good it is, and what was found in the data (indices are those of `examples.features`; classes are in the
 * order of `classifier.labels`, which are sorted)
 * @throws RangeError where the examples do not fit together
 */
export function train(examples: Examples, options: TrainingOptions = {}): TrainingResult {
  return trainClassifier(toTrainingSet(examples), options)
}

export { type Classification, Classifier } from './classifier.ts'
export { type Advice, advise } from './evaluation/advice.ts'
export type { HeadChoiceReason } from './evaluation/choose-head.ts'
export type { LearningCurve, Measurement } from './evaluation/measurement.ts'
export { mistakes } from './evaluation/metrics.ts'
export { CAUTION_NAMES, CAUTIONS, type Caution, GRADES, type Grade, type Refusals } from './evaluation/refusals.ts'
export { DEFAULT_HEADS, HEAD_NAMES, type HeadName } from './heads/names.ts'
export type { DatasetIssues } from './label-issues/find-dataset-issues.ts'
export type { SimilarPair } from './label-issues/pair-list.ts'
export type { Suspicions } from './label-issues/suspects.ts'
export type { SuspicionScores } from './label-issues/suspicion-score.ts'
export type { Matrix } from './numbers/matrix.ts'
export type { Triangle } from './numbers/triangle.ts'
export { readClassifier } from './read-classifier.ts'
export { type PictureViews, viewCovariance } from './whitening/covariance.ts'
export type { Examples, TrainingOptions, TrainingResult }
