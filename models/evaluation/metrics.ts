import type { Matrix } from '../numbers/matrix.ts'
import { calibrationError } from './calibration.ts'
import type { Measurement } from './measurement.ts'
import { meanRecall } from './recall.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** Bins of the calibration curve. */
const BINS = 10

/**
 * Accuracy, calibration and confusion of answers.
 * @param p n x classes probabilities @param truth class of each row @param rows those to measure; without any, figures are null
 */
export function measure(
  p: Matrix,
  truth: ArrayLike<number>,
  rows: number[],
): Omit<Measurement, 'recognition' | 'grades' | 'learning'> {
  const classes = p.columns
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  const confidence: number[] = []
  const right: boolean[] = []
  for (const r of rows) {
    const row = p.data.subarray(r * classes, (r + 1) * classes)
    const best = row.indexOf(Math.max(...row))
    confusion[truth[r]!]![best]! += 1
    confidence.push(row[best]!)
    right.push(best === truth[r])
  }
  const n = rows.length
  const hits = right.filter(Boolean).length
  return {
    accuracy: n > 0 ? hits / n : null,
    accuracyInterval: n > 0 ? wilsonInterval(hits, n) : null,
    balancedAccuracy: meanRecall(confusion),
    calibrationError: n > 0 ? calibrationError(confidence, right) : null,
    calibration: calibrationCurve(confidence, right),
    measured: n,
    confusion,
  }
}

function calibrationCurve(confidence: number[], right: boolean[]): Measurement['calibration'] {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0, count: 0 }))
  confidence.forEach((p, i) => {
    const bin = bins[Math.min(BINS - 1, Math.floor(p * BINS))]!
    bin.confidence += p
    bin.right += Number(right[i])
    bin.count++
  })
  return bins
    .filter((b) => b.count > 0)
    .map((b) => ({ confidence: b.confidence / b.count, accuracy: b.right / b.count, count: b.count }))
}

type Mistake = { label: string; takenFor: string; count: number }

/** Which labels were taken for which others, the most frequent first. @param labels by class: `classifier.labels` */
export function mistakes(measurement: Pick<Measurement, 'confusion'>, labels: string[]): Mistake[] {
  return measurement.confusion
    .flatMap((row, truth) => row.map((count, said) => ({ label: labels[truth]!, takenFor: labels[said]!, count })))
    .filter((m) => m.count > 0 && m.label !== m.takenFor)
    .sort((a, b) => b.count - a.count)
}
