import type { BaseHeadName } from '../heads/names.ts'
import { freeArrays } from '../numbers/memory.ts'
import type { FoldResult } from './fold.ts'
import { emptyScores, type Scores } from './scores.ts'

/** Puts the results of all folds together, in whatever order they come. */
export class OutOfFold {
  private readonly scores: Scores
  private readonly parts: (FoldResult | null)[] = []

  /** @param rows examples in all folds together */
  constructor(heads: BaseHeadName[], rows: number, classes: number) {
    this.scores = emptyScores(heads, rows, classes)
  }

  /** The scores of the result are freed. @param result null where nothing of the fold could be measured */
  add(fold: number, result: FoldResult | null): void {
    this.parts[fold] = result && { ...result, scores: {} }
    if (!result) return
    for (const [name, { data, columns }] of Object.entries(result.scores)) {
      const to = this.scores[name as BaseHeadName]!.data
      result.rows.forEach((r, at) => {
        to.set(data.subarray(at * columns, (at + 1) * columns), r * columns)
      })
      freeArrays(data)
    }
  }

  /** Everything in the order of the folds, but scores by row of the examples, n x classes: zeros where a row was not tested. */
  all(): FoldResult {
    const parts = this.parts.filter((p) => p !== null)
    return {
      rows: parts.flatMap((f) => f.rows),
      scores: this.scores,
      tested: parts.flatMap((f) => f.tested),
      known: parts.flatMap((f) => f.known),
      unknown: parts.flatMap((f) => f.unknown),
      curve: parts.flatMap((f) => f.curve),
    }
  }
}
