import { type Matrix, unitScale } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { indicesOf, inParts, type Rows, takeRows } from '../numbers/rows.ts'
import { kernels } from './kernels.ts'
import { plainKernels } from './plain.ts'

/** The SIMD kernels copy their operands into their own memory, which pays from this many rows on. */
const SIMD_FROM_ROWS = 8

/**
 * X W': the dot product of each row of x with each row of w.
 * @param x n x d @param w m x d @param unit divides each row of x by its length (rows of zeros stay zeros) @returns n x m
 */
export function dotProducts(x: Matrix, w: Matrix, unit = false): Matrix {
  const products = kernelsFor(x.rows).product(x, w)
  if (!unit) return products
  for (let r = 0; r < x.rows; r++) {
    const scale = unitScale(x, r)
    for (let c = 0; c < products.columns; c++) products.data[r * products.columns + c]! *= scale
  }
  return products
}

/** The same for rows in 16 bits, some at a time: n x m. */
export function dotProductsOfRows(x: Rows, w: Matrix): Matrix {
  const data = new Float32Array(x.rows * w.rows)
  for (const { part, start } of inParts(indicesOf(x), x.columns)) {
    const some = takeRows(x, part)
    const products = dotProducts(some, w)
    data.set(products.data, start * w.rows)
    freeArrays(some.data, products.data)
  }
  return { data, rows: x.rows, columns: w.rows }
}

/** Kernels for a call with this many rows on the left: the plain ones where copying would cost more than it saves. */
export const kernelsFor = (rows: number) => (rows < SIMD_FROM_ROWS ? plainKernels : kernels())
