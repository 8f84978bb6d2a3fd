import { plainKernels } from './plain.ts'
import { simdKernels } from './simd.ts'
import type { Kernels } from './types.ts'

let loaded: Kernels | undefined

/** The SIMD kernels where their module was built and this processor runs it, else the plain ones. */
export function kernels(): Kernels {
  loaded ??= simdKernels() ?? plainKernels
  return loaded
}

/** What `kernels` returns in this thread from now on. */
export function useKernels(chosen: Kernels): void {
  loaded = chosen
}
