import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import type { Rows } from '../numbers/rows.ts'
import { mirrorUpperTriangle } from '../numbers/triangle.ts'
import type { KernelThreads } from './parallel.ts'
import { ScratchMemory } from './scratch.ts'
import { trainSvm } from './simd-svm.ts'
import type { Kernels } from './types.ts'
import { kernelModule } from './wasm-module.ts'

/** Rows that a product or a moment takes at once; a multiple of 64, so that panels are full. */
const ROWS_AT_ONCE = 512
/** Rows and columns of a panel: what `addMoment` lays out for the nearest cache, and what `multiply` does. */
const MOMENT_PANEL_ROWS = 64
const PRODUCT_PANEL_COLUMNS = 8
/** Bytes of a 32-bit float, and of a 16-bit integer. */
const FLOAT = 4
const SHORT = 2

const toMultipleOf = (step: number, n: number): number => Math.ceil(n / step) * step

/**
 * Kernels on the module that `npm run prepare` builds; undefined where it is missing or this processor cannot run it.
 * @param threads that share each loop; the results are the same to the bit, however many they are
 */
export function simdKernels(threads?: KernelThreads): Kernels | undefined {
  if (!kernelModule()) return undefined
  const memory = new ScratchMemory(threads)
  return {
    name: 'simd',
    allocateRows: (shape, previous) => memory.allocateRows(shape, previous),
    pack: (x, to, start) => pack(memory, x, { to, start }),
    secondMoment: (x) => secondMoment(memory, x),
    whitener: (s) => whitener(memory, s),
    multiplyUpper: (x, b) => multiplyUpper(memory, x, b),
    solveUpper: (u, v) => solveUpper(memory, u, v),
    product: (x, w) => product(memory, x, w),
    trainSvm: (problem) => trainSvm(memory, problem),
  }
}

function pack(memory: ScratchMemory, { data, rows, columns: d }: Matrix, { to, start }: { to: Rows; start: number }) {
  const scratch = memory.take(rows * (d * (FLOAT + SHORT) + FLOAT))
  const { arena } = scratch
  const from = arena.put(data)
  const packed = arena.allocate(rows * d * SHORT)
  const scales = arena.allocate(rows * FLOAT)
  scratch.runAll(
    scratch
      .split(rows, 1)
      .map(([r, end]) => ['packRows', from + r * d * FLOAT, end - r, d, packed + r * d * SHORT, scales + r * FLOAT]),
  )
  to.data.set(arena.viewShorts(packed, rows * d), start * d)
  to.scales.set(arena.readFloats(scales, rows), start)
}

function secondMoment(memory: ScratchMemory, x: Matrix): Matrix {
  const d = x.columns
  const scratch = memory.take((memory.threadCount * MOMENT_PANEL_ROWS * d + ROWS_AT_ONCE * d + d * d) * FLOAT)
  const { arena } = scratch
  const sum = arena.allocateZeros(d * d * FLOAT)
  const rows = arena.allocate(ROWS_AT_ONCE * d * FLOAT)
  const parts = scratch
    .split(d, 8, 'triangle')
    .map(([from, to]) => ({ from, to, panel: arena.allocate(MOMENT_PANEL_ROWS * d * FLOAT) }))
  for (let r = 0; r < x.rows; r += ROWS_AT_ONCE) {
    const some = x.data.subarray(r * d, Math.min(x.rows, r + ROWS_AT_ONCE) * d)
    arena.write(rows, some)
    scratch.runAll(parts.map(({ from, to, panel }) => ['addMoment', rows, some.length / d, d, sum, panel, from, to]))
  }
  const moment = { data: arena.readFloats(sum, d * d), rows: d, columns: d }
  mirrorUpperTriangle(moment)
  return moment
}

function whitener(memory: ScratchMemory, s: Matrix): Matrix | null {
  const d = s.columns
  const scratch = memory.take(2 * d * d * FLOAT)
  const { arena, instance } = scratch
  const factor = arena.put(s.data)
  const inverse = arena.allocateZeros(d * d * FLOAT)
  if (!instance.exports.cholesky(factor, d)) return null
  const parts = scratch.split(d, 4, 'triangle')
  scratch.runAll(parts.map(([from, to]) => ['invertTransposed', factor, d, inverse, from, to]))
  return { data: arena.readFloats(inverse, d * d), rows: d, columns: d }
}

function solveUpper(memory: ScratchMemory, u: Matrix, v: Matrix): Matrix {
  const d = u.columns
  const scratch = memory.take((u.data.length + v.data.length) * FLOAT)
  const { arena } = scratch
  const factor = arena.put(u.data)
  const rows = arena.put(v.data)
  const parts = scratch.split(v.rows, 1)
  scratch.runAll(parts.map(([from, to]) => ['solveUpper', factor, d, rows + from * d * FLOAT, to - from]))
  return { ...v, data: arena.readFloats(rows, v.data.length) }
}

function multiplyUpper(memory: ScratchMemory, x: Matrix, b: Matrix): Matrix {
  const rows = toMultipleOf(4, x.rows)
  const [k, m] = [x.columns, b.columns]
  const panels = PRODUCT_PANEL_COLUMNS * k * memory.threadCount
  const scratch = memory.take((rows * (k + m) + b.data.length + panels) * FLOAT)
  const { arena } = scratch
  const left = arena.allocate(rows * k * FLOAT)
  arena.write(left, x.data)
  const right = arena.put(b.data)
  const made = arena.allocate(rows * m * FLOAT)
  scratch.runAll(
    scratch.split(rows, 4).map(([from, to]) => {
      const panel = arena.allocate(PRODUCT_PANEL_COLUMNS * k * FLOAT)
      const [x, z] = [left + from * k * FLOAT, made + from * m * FLOAT]
      return ['multiply', x, to - from, k, right, m, z, panel, 1]
    }),
  )
  return { data: arena.readFloats(made, x.rows * m), rows: x.rows, columns: m }
}

function product(memory: ScratchMemory, x: Matrix, w: Matrix): Matrix {
  const d = x.columns
  const m = toMultipleOf(8, w.rows)
  const step = Math.min(toMultipleOf(4, x.rows), ROWS_AT_ONCE)
  const panelBytes = PRODUCT_PANEL_COLUMNS * d * FLOAT
  const scratch = memory.take((step * (d + m) + d * m) * FLOAT + panelBytes * memory.threadCount)
  const { arena } = scratch
  const left = arena.allocate(step * d * FLOAT)
  const made = arena.allocate(step * m * FLOAT)
  const turned = transposedPadded(w, m)
  const right = arena.put(turned)
  freeArrays(turned)
  const panels = Array.from({ length: memory.threadCount }, () => arena.allocate(panelBytes))
  const data = new Float32Array(x.rows * w.rows)
  for (let start = 0; start < x.rows; start += step) {
    const rows = Math.min(step, x.rows - start)
    arena.write(left, x.data.subarray(start * d, (start + rows) * d))
    scratch.runAll(
      scratch.split(toMultipleOf(4, rows), 4).map(([from, to], i) => {
        const [x, z] = [left + from * d * FLOAT, made + from * m * FLOAT]
        return ['multiply', x, to - from, d, right, m, z, panels[i]!, 0]
      }),
    )
    const wide = arena.readFloats(made, rows * m)
    for (let r = 0; r < rows; r++) data.set(wide.subarray(r * m, r * m + w.rows), (start + r) * w.rows)
    freeArrays(wide)
  }
  return { data, rows: x.rows, columns: w.rows }
}

/** Values of the transposed matrix with zeros for the columns beyond its rows: w.columns x columns. */
function transposedPadded(w: Matrix, columns: number): Float32Array {
  const turned = new Float32Array(w.columns * columns)
  for (let c = 0; c < w.rows; c++)
    for (let i = 0; i < w.columns; i++) turned[i * columns + c] = w.data[c * w.columns + i]!
  return turned
}
