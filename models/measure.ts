import { z } from 'zod'
import { calibrationError, wilson } from './calibration.ts'
import type { Matrix } from './kernels/kernels.ts'
import { LearningSummary } from './learning-curve.ts'

const share = z.number().min(0).max(1)

/** Measured out of fold. Null where no label has two pictures that differ. */
export const Measurement = z.object({
  /** Share of right answers, and its 95 % interval. */
  accuracy: share.nullable(),
  accuracyInterval: z.tuple([share, share]).nullable(),
  calibrationError: share.nullable(),
  /** The calibration curve: pictures whose confidence fell into one of ten equal bins. */
  calibration: z.array(z.object({ confidence: share, accuracy: share, count: z.int() })),
  /** Examples that could be measured. */
  measured: z.int(),
  /** confusion[true][answered], counts. */
  confusion: z.array(z.array(z.int())),
  /** Of things taught, the share that counts as known; of labels left out, the share that counts as unknown. */
  recognition: z.object({ knownAccepted: share, strangeRefused: share }).nullable(),
  /** How the accuracy grows with the pictures. */
  learning: LearningSummary.nullable().default(null),
})
export type Measurement = z.infer<typeof Measurement>

const BINS = 10

/** @param p n x classes probabilities @param truth class of each row */
export function measure(p: Matrix, truth: ArrayLike<number>): Omit<Measurement, 'recognition' | 'learning'> {
  const classes = p.columns
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  const confidence: number[] = []
  const right: boolean[] = []
  for (let r = 0; r < p.rows; r++) {
    const row = p.data.subarray(r * classes, (r + 1) * classes)
    const best = row.indexOf(Math.max(...row))
    confusion[truth[r]!]![best]! += 1
    confidence.push(row[best]!)
    right.push(best === truth[r])
  }
  const some = p.rows > 0
  const hits = right.filter(Boolean).length
  return {
    accuracy: some ? hits / p.rows : null,
    accuracyInterval: some ? wilson(hits, p.rows) : null,
    calibrationError: some ? calibrationError(confidence, right) : null,
    calibration: curve(confidence, right),
    measured: p.rows,
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
