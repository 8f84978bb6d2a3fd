import type { Rows } from '../numbers/rows.ts'
import { plainKernels } from './plain.ts'
import { simdKernels } from './simd.ts'

/** Row-major matrix of 32-bit floats: `data[row * columns + column]`. `columns` is a multiple of 8 for kernels. */
export type Matrix = { data: Float32Array; rows: number; columns: number }

type SvmProblem = {
  x: Rows
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** C of each row, > 0. */
  cost: Float32Array
  /** Largest difference of projected gradients at which a class counts as converged. */
  tolerance: number
  maxSweeps: number
  seed: number
}

/** The loops that take nearly all of the time of training. */
export type Kernels = {
  name: 'simd' | 'plain'
  /**
   * Rows to be written that `trainSvm` then works on where they are, without a copy. @param before one that is not needed any more:
   * its memory is taken again where it is large enough
   */
  room(rows: number, columns: number, classes: number, before?: Rows): Rows
  /** Writes x, row by row, from a row of `to` on. */
  pack(x: Matrix, to: Rows, start: number): void
  /** X'X, d x d, symmetric. */
  secondMoment(x: Matrix): Matrix
  /** B = inverse of L transposed where S = L L', so that cov(x B) = I for cov(x) = S; null: not positive definite. */
  whitener(s: Matrix): Matrix | null
  /** X B for an upper triangular B. */
  multiplyUpper(x: Matrix, b: Matrix): Matrix
  /** Row by row the x with U x = v, for an upper triangular U, d x d, and rows v of d values. */
  solveUpper(u: Matrix, v: Matrix): Matrix
  /** X W' for W, m x d: n x m. */
  product(x: Matrix, w: Matrix): Matrix
  /** One-vs-rest weights, classes x d, the bias of each class, and the sweeps made. */
  trainSvm(problem: SvmProblem): { weights: Matrix; bias: Float32Array; sweeps: number }
}

let loaded: Kernels | undefined

/** The SIMD kernels where their module was built and this processor runs it, the plain ones otherwise. */
export function kernels(): Kernels {
  loaded ??= simdKernels() ?? plainKernels
  return loaded
}

/** In this thread, from now on. */
export function useKernels(those: Kernels): void {
  loaded = those
}
