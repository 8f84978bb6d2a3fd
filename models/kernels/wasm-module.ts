import { readFileSync } from 'node:fs'

/**
 * Functions of the module that `assembly/` is compiled to, documented there. Pointers are byte offsets into its memory; `svm.ts` there says
 * what the two of the SVM take.
 */
type KernelExports = {
  addMoment(x: number, rows: number, d: number, s: number, panel: number, from: number, to: number): void
  multiply(x: number, n: number, k: number, b: number, m: number, z: number, panel: number, upper: number): void
  cholesky(a: number, d: number): number
  invertTransposed(l: number, d: number, b: number, from: number, to: number): void
  solveUpper(u: number, d: number, v: number, rows: number): void
  packRows(x: number, n: number, d: number, q: number, scales: number): void
  beginSvm(...args: number[]): void
  sweepSvm(...args: number[]): number
}

/** The module on one memory. */
export type KernelInstance = { memory: WebAssembly.Memory; exports: KernelExports }

const FILE = new URL('./kernels.wasm', import.meta.url)
let compiled: WebAssembly.Module | null | undefined

/** The compiled module; null where `npm run prepare` has not built it, or this processor cannot run it. */
export function kernelModule(): WebAssembly.Module | null {
  try {
    compiled ??= new WebAssembly.Module(readFileSync(FILE))
  } catch {
    compiled = null
  }
  return compiled
}

/** @param memory shared, of `createSharedMemory`. Throws where there is no `kernelModule`. */
export function instantiateKernels(memory: WebAssembly.Memory): KernelInstance {
  const { exports } = new WebAssembly.Instance(kernelModule()!, { env: { memory } })
  return { memory, exports: exports as unknown as KernelExports }
}
