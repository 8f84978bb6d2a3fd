import type { Advice } from '../../../models/evaluation/advice.ts'

/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
const WORTHWHILE_GAIN = 0.005

/** Labels that are named in one answer. */
const MAX_NAMED = 3

/** Shares are from 0 to 1. */
export type AdviceWords = {
  neverRecognized(label: string, takenFor: string): string
  othersNeverRecognized(labels: number): string
  /** In a list: a label of which there are only so many pictures. */
  few(label: string, examples: number): string
  /** In a list: so many of its pictures are right. */
  mistaken(label: string, { examples, recall }: { examples: number; recall: number }): string
  needMore(labels: string[]): string
  alike(one: string, other: string): string
  twice(gain: { now: number; doubled: number }): string
}

/** What would make the classifier better, a line each. */
export function layOutAdvice({ neverRecognized, needMore, alike, twice }: Advice, words: AdviceWords): string[] {
  const others = neverRecognized.length - MAX_NAMED
  const wanted = needMore.map(({ label, examples, recall }) =>
    recall === null ? words.few(label, examples) : words.mistaken(label, { examples, recall }),
  )
  return [
    ...neverRecognized.slice(0, MAX_NAMED).map(({ label, takenFor }) => words.neverRecognized(label, takenFor)),
    others > 0 ? words.othersNeverRecognized(others) : '',
    wanted.length > 0 ? words.needMore(wanted) : '',
    ...alike.map(({ labels: [one, other] }) => words.alike(one, other)),
    twice && twice.doubled - twice.now > WORTHWHILE_GAIN ? words.twice(twice) : '',
  ].filter(Boolean)
}
