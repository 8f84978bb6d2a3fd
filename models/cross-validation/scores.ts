import type { BaseHeadName } from '../heads/head.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { lastingFloats } from '../kernels/memory.ts'

/** Of each head, rows x classes. */
export type Scores = Partial<Record<BaseHeadName, Matrix>>

export const emptyScores = (heads: BaseHeadName[], rows: number, columns: number): Scores =>
  Object.fromEntries(heads.map((name) => [name, { data: lastingFloats(rows * columns), rows, columns }]))

/** Writes the scores over all classes from a row on; one that was not taught scores below any that was. */
export function spread({ data, rows, columns }: Matrix, present: number[], wide: Matrix, start: number): void {
  wide.data.fill(-3, start * wide.columns, (start + rows) * wide.columns)
  for (let r = 0; r < rows; r++)
    present.forEach((c, at) => {
      wide.data[(start + r) * wide.columns + c] = data[r * columns + at]!
    })
}
