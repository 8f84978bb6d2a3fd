import { wilsonInterval } from './wilson-interval.ts'

/** A smaller difference between the two is not worth telling. */
const LEAST_DIFFERENCE = 0.05

/** By class: how often a picture of it is recognized. `recall`, 0 to 1, is null where none was measured. */
type Recall = { measured: number; recall: number | null }

/** @param confusion counts, [true class][answered class] */
export function recallsOf(confusion: number[][]): Recall[] {
  return confusion.map((row, c) => {
    const measured = row.reduce((sum, count) => sum + count, 0)
    return { measured, recall: measured > 0 ? row[c]! / measured : null }
  })
}

/** Balanced accuracy: the mean recall of the labels that were measured, 0 to 1; null where none was. */
export function meanRecall(confusion: number[][]): number | null {
  const recalls = recallsOf(confusion).flatMap(({ recall }) => recall ?? [])
  return recalls.length > 0 ? recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length : null
}

/**
 * 95 % confidence interval of the mean recall: that of a share of as many pictures as the labels weigh (Kish 1965), which are all of them
 * where each label has as many, and hardly more than those of the small labels where one is large. Null where nothing was measured.
 */
export function meanRecallInterval(confusion: number[][]): [number, number] | null {
  const mean = meanRecall(confusion)
  if (mean === null) return null
  const counts = recallsOf(confusion).flatMap(({ measured }) => (measured > 0 ? [measured] : []))
  const effective = counts.length ** 2 / counts.reduce((sum, count) => sum + 1 / count, 0)
  return wilsonInterval(mean * effective, effective)
}

/** The balanced accuracy where it is clearly another figure than the accuracy, which large labels decide; null elsewhere. */
export function distinctBalancedAccuracy({ accuracy, balancedAccuracy }: Measured): number | null {
  if (accuracy === null || balancedAccuracy === null) return null
  return Math.abs(accuracy - balancedAccuracy) < LEAST_DIFFERENCE ? null : balancedAccuracy
}

type Measured = { accuracy: number | null; balancedAccuracy: number | null }
