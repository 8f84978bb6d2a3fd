import { bytesOfRows, viewRows } from '../numbers/rows.ts'
import { dot, rowsOf } from './plain-dot.ts'
import { trainSvm } from './plain-svm.ts'
import type { Kernels } from './types.ts'

/** The largest integer that a row is packed into. */
const LARGEST_INT16 = 32_767

/** The loops of `assembly/` in TypeScript: the reference that is easier to read, and the fallback. */
export const plainKernels: Kernels = {
  name: 'plain',

  allocateRows: ({ rows, columns }) =>
    viewRows(new ArrayBuffer(bytesOfRows(rows, columns)), { from: 0, rows, columns }),

  pack({ data, rows, columns: d }, to, start) {
    for (let r = 0; r < rows; r++) {
      let top = 0
      for (let i = r * d; i < (r + 1) * d; i++) top = Math.max(top, Math.abs(data[i]!))
      to.scales[start + r] = top / LARGEST_INT16
      for (let i = 0; i < d; i++)
        to.data[(start + r) * d + i] = top > 0 ? Math.round((data[r * d + i]! * LARGEST_INT16) / top) : 0
    }
  },

  secondMoment({ data, rows, columns: d }) {
    const sum = new Float64Array(d * d)
    for (let r = 0; r < rows; r++) {
      const x = data.subarray(r * d, r * d + d)
      for (let i = 0; i < d; i++) {
        const xi = x[i]!
        for (let j = 0; j < d; j++) sum[i * d + j]! += xi * x[j]!
      }
    }
    return { data: Float32Array.from(sum), rows: d, columns: d }
  },

  whitener({ data, columns: d }) {
    const l = rowsOf(Float32Array.from(data), d)
    for (const [i, row] of l.entries()) {
      for (let j = 0; j < i; j++) row[j] = (row[j]! - dot(row, l[j]!, { to: j })) / l[j]![j]!
      const pivot = row[i]! - dot(row, row, { to: i })
      if (!(pivot > 0)) return null
      row[i] = Math.sqrt(pivot)
    }
    const b = new Float32Array(d * d)
    for (const [k, row] of rowsOf(b, d).entries()) {
      row[k] = 1 / l[k]![k]!
      for (let i = k + 1; i < d; i++) row[i] = -dot(l[i]!, row, { from: k, to: i }) / l[i]![i]!
    }
    return { data: b, rows: d, columns: d }
  },

  solveUpper({ data, columns: d }, v) {
    const u = rowsOf(data, d)
    const x = v.data.slice()
    for (const row of rowsOf(x, d))
      for (let i = d - 1; i >= 0; i--) row[i] = (row[i]! - dot(u[i]!, row, { from: i + 1 })) / u[i]![i]!
    return { data: x, rows: v.rows, columns: d }
  },

  multiplyUpper({ data: left, rows, columns: inner }, { data: right, columns }) {
    const z = new Float32Array(rows * columns)
    for (let r = 0; r < rows; r++)
      for (let i = 0; i < inner; i++) {
        const v = left[r * inner + i]!
        const [to, from] = [r * columns, i * columns]
        for (let j = i; j < columns; j++) z[to + j]! += v * right[from + j]!
      }
    return { data: z, rows, columns }
  },

  product(x, w) {
    const data = new Float32Array(x.rows * w.rows)
    const [left, right] = [rowsOf(x.data, x.columns), rowsOf(w.data, w.columns)]
    for (const [r, a] of left.entries()) for (const [c, b] of right.entries()) data[r * w.rows + c] = dot(a, b)
    return { data, rows: x.rows, columns: w.rows }
  },

  trainSvm,
}
