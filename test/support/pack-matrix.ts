import { kernels } from '../../models/kernels/kernels.ts'
import type { Matrix } from '../../models/numbers/matrix.ts'
import { makeRows, type Rows } from '../../models/numbers/rows.ts'

/** A matrix in 16 bits, as it is. */
export function packMatrix(x: Matrix): Rows {
  const rows = makeRows(x.rows, x.columns)
  kernels().pack(x, rows, 0)
  return rows
}
