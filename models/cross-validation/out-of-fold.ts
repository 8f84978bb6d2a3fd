import type { SingleName } from '../heads/head.ts'
import { discard } from '../numbers/discard.ts'
import { emptyScores, type Scores } from './scores.ts'
import type { Validated } from './validate-fold.ts'

/** Folds, whoever worked on them and in whatever order they come; the scores of each are freed. */
export class Folds {
  private readonly scores: Scores
  private readonly parts: (Validated | null)[] = []

  constructor(heads: SingleName[], rows: number, classes: number) {
    this.scores = emptyScores(heads, rows, classes)
  }

  add(fold: number, part: Validated | null): void {
    this.parts[fold] = part && { ...part, scores: {} }
    if (!part) return
    for (const [name, { data, columns }] of Object.entries(part.scores)) {
      const to = this.scores[name as SingleName]!.data
      part.asked.forEach((r, at) => {
        to.set(data.subarray(at * columns, (at + 1) * columns), r * columns)
      })
      discard(data)
    }
  }

  /** What all of them give, in their order; but scores, n x classes, by row of the examples: zeros where a row was not asked. */
  all(): Validated {
    const parts = this.parts.filter((p) => p !== null)
    return {
      asked: parts.flatMap((f) => f.asked),
      scores: this.scores,
      known: parts.flatMap((f) => f.known),
      strange: parts.flatMap((f) => f.strange),
      curve: parts.flatMap((f) => f.curve),
    }
  }
}
