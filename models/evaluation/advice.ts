import { wilsonInterval } from './calibration.ts'
import type { Measurement } from './metrics.ts'

/** What to teach next. */
export type Advice = {
  /** Labels that are recognised worst, or have too few pictures to tell; `recall` null: not measured. Most urgent first. */
  needMore: { label: string; examples: number; recall: number | null }[]
  /** Pairs that are taken for each other as if they were one thing. `mixed`: share of their pictures, 0.5 is chance. */
  alike: { labels: [string, string]; mixed: number }[]
  /** Accuracy now, and with twice as many pictures of each label, as the learning curve has it. */
  twice: { now: number; doubled: number } | null
}

const SHOWN = 5
/** Fewer pictures than this say little. */
const FEW = 5
/** Behind the others by this much. */
const BEHIND = 0.1
/** Of the pictures of two labels, the share that is at least taken for the other one, with 97.5 % confidence. */
const MIXED = 0.15

export function advise({ confusion, accuracy, learning }: Measurement, labels: string[]): Advice {
  const total = confusion.map((row) => row.reduce((sum, n) => sum + n, 0))
  const rows = labels.map((label, c) => {
    const examples = total[c]!
    return { label, examples, recall: examples > 0 ? confusion[c]![c]! / examples : null }
  })
  const needMore = rows
    .filter(({ examples, recall }) => examples < FEW || (recall ?? 0) < (accuracy ?? 1) - BEHIND)
    .sort((a, b) => (a.recall ?? 0) - (b.recall ?? 0) || a.examples - b.examples)
  const twice =
    accuracy !== null && learning?.halving != null
      ? { now: accuracy, doubled: 1 - (1 - accuracy) * learning.halving }
      : null
  return { needMore: needMore.slice(0, SHOWN), alike: alike(confusion, labels), twice }
}

function alike(confusion: number[][], labels: string[]): Advice['alike'] {
  const pairs: Advice['alike'] = []
  for (let a = 0; a < labels.length; a++)
    for (let b = a + 1; b < labels.length; b++) {
      const [ab, ba] = [confusion[a]![b]!, confusion[b]![a]!]
      // One way only: the one is hard to tell, not the same.
      if (ab === 0 || ba === 0) continue
      const both = confusion[a]![a]! + confusion[b]![b]! + ab + ba
      if (wilsonInterval(ab + ba, both)[0] > MIXED)
        pairs.push({ labels: [labels[a]!, labels[b]!], mixed: (ab + ba) / both })
    }
  return pairs.sort((a, b) => b.mixed - a.mixed).slice(0, SHOWN)
}
