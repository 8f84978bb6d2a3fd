import type { BaseHeadName } from '../heads/names.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { allocateLongLived } from '../numbers/memory.ts'

/** Decision scores of each head, rows x classes. */
export type Scores = Partial<Record<BaseHeadName, Matrix>>

export const emptyScores = (heads: BaseHeadName[], rows: number, columns: number): Scores =>
  Object.fromEntries(heads.map((name) => [name, { data: allocateLongLived(rows * columns), rows, columns }]))

/** Score of a class that a head was not trained on: margins and cosines of wrong classes are about -1. */
const UNTRAINED = -3

/** `classes`: the class of each column. `to`: the scores over all classes, which are written from row `start` on. */
type Target = { classes: number[]; to: Matrix; start: number }

/** Writes scores over some classes into scores over all of them. */
export function writeScores({ data, rows, columns }: Matrix, { classes, to, start }: Target): void {
  to.data.fill(UNTRAINED, start * to.columns, (start + rows) * to.columns)
  for (let r = 0; r < rows; r++)
    classes.forEach((c, at) => {
      to.data[(start + r) * to.columns + c] = data[r * columns + at]!
    })
}
