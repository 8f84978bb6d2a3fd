import { seededRandom } from '../models/random.ts'
import type { EmbeddedPicture } from './sets/features.ts'
import { shuffle } from './shuffle.ts'

/** Of the labels of a set; pictures of the others are strangers. */
const TAUGHT_SHARE = 2 / 3
/** A label keeps so many pictures that were not drawn, to be asked about. */
const LEAST_LEFT = 2

/** A picture, the class that it is under, its own class (null: none of those taught), and whether a person kept it. */
export type Example<P = EmbeddedPicture> = { picture: P; y: number; truth: number | null; isVouched?: true }
export type Case<P = EmbeddedPicture> = { examples: Example<P>[]; queries: Example<P>[]; classes: number }
/** `wrong`: the share of wrong pictures under each label. */
type CaseOptions = { classes: number; k: number; wrong: number; seed: number }

export const isRight = ({ truth, y }: Example<unknown>): boolean => truth === y

/**
 * k pictures a label, some of them wrong: half are pictures of other labels, half of things without a label. The right pictures that are
 * left are the queries.
 */
export function makeCase<P extends EmbeddedPicture>(
  pictures: P[],
  { classes: all, k, wrong, seed }: CaseOptions,
): Case<P> {
  const random = seededRandom(seed * 7919)
  const labels = shuffle(
    Array.from({ length: all }, (_, c) => c),
    random,
  )
  const classes = Math.round(all * TAUGHT_SHARE)
  const left = labels.map((c) =>
    shuffle(
      pictures.filter((p) => p.y === c),
      random,
    ),
  )
  const drawClass = (from: number, to: number, not: number): number => {
    for (;;) {
      const c = from + Math.floor(random() * (to - from))
      if (c !== not && left[c]!.length > LEAST_LEFT) return c
    }
  }
  const wrongCount = Math.round(k * wrong)
  const swapped = Math.ceil(wrongCount / 2)
  const examples: Example<P>[] = []
  for (let y = 0; y < classes; y++)
    for (const picture of left[y]!.splice(0, k - wrongCount)) examples.push({ picture, y, truth: y })
  for (let y = 0; y < classes; y++)
    for (let i = 0; i < wrongCount; i++) {
      const c = i < swapped ? drawClass(0, classes, y) : drawClass(classes, all, -1)
      examples.push({ picture: left[c]!.shift()!, y, truth: c < classes ? c : null })
    }
  examples.sort((a, b) => a.y - b.y)
  const queries = left.slice(0, classes).flatMap((some, y) => some.map((picture) => ({ picture, y, truth: y })))
  return { examples, queries, classes }
}

/** What a reviewer makes of the most suspect third: moves each to its own label, or excludes it; what is right is kept. */
export function reviewWorst<P>(examples: Example<P>[], scores: ArrayLike<number>): Example<P>[] {
  const order = [...examples.keys()].sort((a, b) => scores[b]! - scores[a]!)
  const reviewed = new Set(order.slice(0, Math.round(examples.length / 3)))
  return examples.flatMap((example, i) => {
    if (!reviewed.has(i)) return [example]
    return example.truth === null ? [] : [{ ...example, y: example.truth, isVouched: true as const }]
  })
}
