import type { Matrix } from '../numbers/matrix.ts'
import type { Rows } from '../numbers/rows.ts'

/** What a one-vs-rest linear SVM is trained on. */
export type SvmProblem = {
  x: Rows
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** C of each row, above 0. */
  cost: Float32Array
  /** Largest difference of projected gradients at which a class counts as converged. */
  tolerance: number
  maxSweeps: number
  /** Of the order in which rows are visited. */
  seed: number
}

/** `weights`: classes x d; `bias` of each class; `sweeps` over the rows that the slowest class took. */
export type SvmSolution = { weights: Matrix; bias: Float32Array; sweeps: number }

/** Size of rows to be whitened, and of the SVM that is trained on them. */
export type RowsShape = { rows: number; columns: number; classes: number }

/** The loops that take nearly all of the time of training. Columns of every matrix are a multiple of 8. */
export type Kernels = {
  name: 'simd' | 'plain'
  /**
   * Rows to be written that `trainSvm` then reads where they are, without a copy.
   * @param previous rows that are not needed anymore: their memory is used again where it is large enough
   */
  allocateRows(shape: RowsShape, previous?: Rows): Rows
  /** Writes x in 16 bits into rows `start` and after; the largest value of a row becomes 32,767. */
  pack(x: Matrix, to: Rows, start: number): void
  /** X'X: d x d, symmetric. */
  secondMoment(x: Matrix): Matrix
  /** B = inverse of L transposed, where S = L L' (Cholesky): cov(x B) = I for cov(x) = S. Null: S is not positive definite. */
  whitener(s: Matrix): Matrix | null
  /** X B for an upper triangular B. */
  multiplyUpper(x: Matrix, b: Matrix): Matrix
  /** For each row v the solution x of U x = v, for an upper triangular U, d x d. */
  solveUpper(u: Matrix, v: Matrix): Matrix
  /** X W' for W, m x d: n x m. */
  product(x: Matrix, w: Matrix): Matrix
  /** Dual coordinate descent with shrinking (Hsieh et al. 2008, algorithm 3), L2 loss. */
  trainSvm(problem: SvmProblem): SvmSolution
}
