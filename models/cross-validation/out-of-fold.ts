import type { BaseHeadName } from '../heads/head.ts'
import { discard } from '../numbers/discard.ts'
import { emptyScores, type Scores } from './scores.ts'
import type { FoldResult } from './validate-fold.ts'

/** Folds, whoever worked on them and in whatever order they come; the scores of each are freed. */
export class OutOfFold {
  private readonly scores: Scores
  private readonly parts: (FoldResult | null)[] = []

  constructor(heads: BaseHeadName[], rows: number, classes: number) {
    this.scores = emptyScores(heads, rows, classes)
  }

  add(fold: number, part: FoldResult | null): void {
    this.parts[fold] = part && { ...part, scores: {} }
    if (!part) return
    for (const [name, { data, columns }] of Object.entries(part.scores)) {
      const to = this.scores[name as BaseHeadName]!.data
      part.rows.forEach((r, at) => {
        to.set(data.subarray(at * columns, (at + 1) * columns), r * columns)
      })
      discard(data)
    }
  }

  /** What all of them give, in their order; but scores, n x classes, by row of the examples: zeros where a row was not asked. */
  all(): FoldResult {
    const parts = this.parts.filter((p) => p !== null)
    return {
      rows: parts.flatMap((f) => f.rows),
      scores: this.scores,
      known: parts.flatMap((f) => f.known),
      unknown: parts.flatMap((f) => f.unknown),
      curve: parts.flatMap((f) => f.curve),
    }
  }
}
