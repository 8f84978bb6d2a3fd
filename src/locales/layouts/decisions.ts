import type { Results } from '../../commands/results.ts'
import type { Line } from '../answer.ts'
import { said } from '../format.ts'

type After = NonNullable<Results['reviewDone']['after']>

/** Pictures about which nothing was done yet, or nothing may be done by this person. */
type Undecided = { waiting: number; refused: number }
export type UndecidedWords = { waiting(pictures: number): string; refused(pictures: number): string }

export const layOutUndecided = ({ waiting, refused }: Undecided, words: UndecidedWords): string[] => [
  ...(waiting > 0 ? [words.waiting(waiting)] : []),
  ...(refused > 0 ? [words.refused(refused)] : []),
]

/** Of several pictures, or of one, which is not named. */
export type AfterWords = {
  /** By the decision; others are not told. */
  decided: Record<string, (pictures: number | undefined) => string>
  noted(pictures: number | undefined): string
  refused(pictures: number): string
  changed(examples: string[]): string
  changedExample(changed: { example: number; label: string | null }): string
  sentences(...all: (string | false)[]): string
}

/** What became of the decision before, and what of it did not. */
export function layOutAfter(after: After | null, words: AfterWords): Line[] {
  if (!after) return []
  const { decision, waits, pictures, refused = 0, changed = [] } = after
  const say = waits ? words.noted : words.decided[decision]
  return said(
    pictures !== 0 && words.decided[decision] && say?.(pictures),
    words.sentences(
      refused > 0 && words.refused(refused),
      changed.length > 0 && words.changed(changed.map(words.changedExample)),
    ),
  )
}
