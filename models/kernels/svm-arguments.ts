import type { KernelInstance } from './wasm-module.ts'

/** Arguments of an SVM's training on one thread, in the order in which they go to another thread. */
const FIELDS = [
  // Offsets of what is trained on: rows in 16 bits and their scales, class of each row, C of each row.
  'rows',
  'scales',
  'labels',
  'cost',
  // Numbers of rows, columns and classes.
  'n',
  'd',
  'classes',
  // Offsets of what is trained: zeros before.
  'alpha',
  'weights',
  'bias',
  // Offsets of scratch space.
  'row',
  'norm',
  'active',
  'order',
  'list',
  'range',
  'seed',
  'tolerance',
  'maxSweeps',
] as const

type SvmArguments = Record<(typeof FIELDS)[number], number>

export const svmArgumentsToNumbers = (args: SvmArguments): number[] => FIELDS.map((field) => args[field])

export const numbersToSvmArguments = (numbers: number[]): SvmArguments =>
  Object.fromEntries(FIELDS.map((field, i) => [field, numbers[i]!])) as SvmArguments

/** A sweep at a time, so that the engine can optimize the loop between two calls. @returns the sweeps made */
export function runSvm({ exports }: KernelInstance, a: SvmArguments): number {
  const { rows, scales, row, n, d, classes, norm, active, order, range } = a
  exports.beginSvm(rows, scales, row, n, d, classes, norm, active, order, range, a.seed)
  for (let sweeps = 1; ; sweeps++) {
    const open = exports.sweepSvm(
      ...[rows, scales, row, n, d, classes, a.labels, a.cost, norm, a.alpha, a.weights, a.bias],
      ...[active, order, a.list, range, a.tolerance],
    )
    if (open === 0 || sweeps >= a.maxSweeps) return sweeps
  }
}
