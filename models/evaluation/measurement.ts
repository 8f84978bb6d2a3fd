import type { Grade } from './refusals.ts'

/** How good a classifier is, measured out of fold; shares from 0 to 1. Its keys are in saved versions. */
export type Measurement = {
  /** Share of right answers; null where no label has two pictures that differ. */
  accuracy: number | null
  /** Its 95 % confidence interval (Wilson 1927). */
  accuracyInterval: [number, number] | null
  /** Mean recall of the labels that were measured: each counts the same, however many pictures it has. Null as `accuracy`. */
  balancedAccuracy: number | null
  /** Mean distance between confidence and accuracy (expected calibration error, Naeini et al. 2015). */
  calibrationError: number | null
  /** The calibration curve: pictures by confidence, in ten equal bins; empty ones are left out. */
  calibration: { confidence: number; accuracy: number; count: number }[]
  /** Examples that could be measured; of copies, one. */
  measured: number
  /** confusion[true class][answered class], counts. */
  confusion: number[][]
  /**
   * Share of pictures of known labels that are accepted, and share that is refused of pictures whose label was left out of the
   * training. Null where it cannot be measured: below three labels.
   */
  recognition: { knownAccepted: number; strangeRefused: number } | null
  /** Of each grade at normal caution: the share of the answers that have it, and how many of those are right (null: none has it); null: not measured. */
  grades: { grade: Grade; share: number; accuracy: number | null }[] | null
  /** How the accuracy grows with the pictures; null: too few to tell. */
  learning: LearningCurve | null
}

/** Accuracy by number of pictures, from class means trained on shares of them. */
export type LearningCurve = {
  /** Mean pictures a label, and the accuracy of the nearest class mean. */
  curve: { examples: number; accuracy: number }[]
  /** Share of the mistakes that is left after doubling the pictures, 0.3 to 1; null: it could not be told. */
  halving: number | null
}
