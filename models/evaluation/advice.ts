import type { Measurement } from './measurement.ts'
import { recallsOf } from './recall.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** What to add next. Its keys are in what commands answer. */
export type Advice = {
  /** Labels of which no picture was recognized, and what most of theirs were taken for. */
  neverRecognized: { label: string; examples: number; takenFor: string }[]
  /** Labels that are recognized worst, or have too few pictures to tell, the most urgent first. `recall` null: not measured. */
  needMore: { label: string; examples: number; recall: number | null }[]
  /** Pairs that are taken for each other as if they were one thing. `mixed`: share of their pictures; 0.5 is chance. */
  alike: { labels: [string, string]; mixed: number }[]
  /** Accuracy now, and with twice as many pictures of each label by the learning curve. */
  twice: { now: number; doubled: number } | null
}

/** Labels, and pairs, that are named at most. */
const MAX_SHOWN = 5
/** Fewer pictures of a label than this tell little. */
const FEW = 5
/** That none of fewer pictures was recognized may be chance. */
const LEAST_UNRECOGNIZED = 3
/** A label needs more where its recall is behind the accuracy by more than this. */
const BEHIND = 0.1
/** Two labels are alike where, with 97.5 % confidence, more than this share of their pictures is taken for the other. */
const MIXED = 0.15

/** Says which labels need more pictures, and which two look like one. @param labels by class: `classifier.labels` */
export function advise(measurement: Measurement, labels: string[]): Advice {
  const { confusion, accuracy, learning } = measurement
  // Of one label nothing is measured that could say more.
  if (labels.length < 2) return { neverRecognized: [], needMore: [], alike: [], twice: null }
  const rows = recallsOf(confusion).map(({ measured, recall }, c) => ({
    label: labels[c]!,
    examples: measured,
    recall,
  }))
  const needMore = rows
    .filter(({ examples, recall }) => examples < FEW || (recall ?? 0) < (accuracy ?? 1) - BEHIND)
    .sort((a, b) => (a.recall ?? 0) - (b.recall ?? 0) || a.examples - b.examples)
  const twice =
    accuracy !== null && learning?.halving != null
      ? { now: accuracy, doubled: 1 - (1 - accuracy) * learning.halving }
      : null
  const neverRecognized = rows.flatMap(({ label, examples, recall }, c) => {
    if (recall !== 0 || examples < LEAST_UNRECOGNIZED) return []
    return { label, examples, takenFor: labels[indexOfLargest(confusion[c]!)]! }
  })
  return { neverRecognized, needMore: needMore.slice(0, MAX_SHOWN), alike: findAlike(confusion, labels), twice }
}

const indexOfLargest = (counts: number[]): number => counts.indexOf(Math.max(...counts))

function findAlike(confusion: number[][], labels: string[]): Advice['alike'] {
  const pairs: Advice['alike'] = []
  for (let a = 0; a < labels.length; a++)
    for (let b = a + 1; b < labels.length; b++) {
      const [ab, ba] = [confusion[a]![b]!, confusion[b]![a]!]
      // One way only: the one is hard to tell, not the same.
      if (ab === 0 || ba === 0) continue
      const both = confusion[a]![a]! + confusion[b]![b]! + ab + ba
      const mixed = ab + ba
      if (wilsonInterval(mixed, both)[0] > MIXED) pairs.push({ labels: [labels[a]!, labels[b]!], mixed: mixed / both })
    }
  return pairs.sort((a, b) => b.mixed - a.mixed).slice(0, MAX_SHOWN)
}
