import { numbersToSvmArguments, runSvm } from './svm-arguments.ts'
import type { KernelInstance } from './wasm-module.ts'

/** Loops that several threads can share. */
export const LOOPS = ['addMoment', 'multiply', 'invertTransposed', 'solveUpper', 'packRows', 'trainSvm'] as const
type Loop = (typeof LOOPS)[number]

/** A loop and its arguments: offsets and sizes. Calls that run together write to different places. */
export type KernelCall = readonly [loop: Loop, ...numbers: number[]]

/** @returns the sweeps of `trainSvm`; 0 for every other loop */
export function runCall(instance: KernelInstance, [loop, ...numbers]: KernelCall): number {
  if (loop === 'trainSvm') return runSvm(instance, numbersToSvmArguments(numbers))
  const run: (...numbers: never[]) => void = instance.exports[loop]
  run(...(numbers as never[]))
  return 0
}
