import type { Matrix } from '../kernels/kernels.ts'
import { calibrationError, wilsonInterval } from './calibration.ts'
import type { LearningSummary } from './learning-curve.ts'

/** Measured out of fold; shares from 0 to 1. Null where no label has two pictures that differ. */
export type Measurement = {
  /** Share of right answers, and its 95 % interval. */
  accuracy: number | null
  accuracyInterval: [number, number] | null
  calibrationError: number | null
  /** The calibration curve: pictures whose confidence fell into one of ten equal bins. */
  calibration: { confidence: number; accuracy: number; count: number }[]
  /** Examples that could be measured; of copies one. */
  measured: number
  /** confusion[true][answered], counts. */
  confusion: number[][]
  /** Of things taught, the share that counts as known; of labels left out, the share that counts as unknown. */
  recognition: { knownAccepted: number; strangeRefused: number } | null
  /** How the accuracy grows with the pictures. */
  learning: LearningSummary | null
}

const BINS = 10

/** @param p n x classes probabilities @param truth class of each row @param rows those that are measured */
export function measure(
  p: Matrix,
  truth: ArrayLike<number>,
  rows: number[],
): Omit<Measurement, 'recognition' | 'learning'> {
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
    calibrationError: n > 0 ? calibrationError(confidence, right) : null,
    calibration: curve(confidence, right),
    measured: n,
    confusion,
  }
}

function curve(confidence: number[], right: boolean[]): Measurement['calibration'] {
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

/** What was taken for something else, the most frequent first. @param labels by class */
export function mistakes({ confusion }: Pick<Measurement, 'confusion'>, labels: string[]) {
  return confusion
    .flatMap((row, truth) => row.map((count, said) => ({ label: labels[truth]!, takenFor: labels[said]!, count })))
    .filter((m) => m.count > 0 && m.label !== m.takenFor)
    .sort((a, b) => b.count - a.count)
}
