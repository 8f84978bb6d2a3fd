import type { FitInput } from '../heads/head.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { priorCovariance } from '../whitening/covariance.ts'
import { type Unwhitened, Whitening } from '../whitening/whitening.ts'
import type { FoldTask } from './fold.ts'

/** Whitened rows, ready to train on. */
export type Whitened = {
  /** Its classes count among those that are present. */
  input: FitInput
  /** Classes of the task that the rows have, rising. */
  present: number[]
  whitening: Whitening
  /** Overwrites the whitened rows with ones that are only centred. */
  unwhiten(): Unwhitened
}

/** One vector of normalized features, d values (padded): 1 x d; null for null. */
export const whitenVector = (whitening: Whitening, vector: Float32Array | null): Matrix | null =>
  vector && whitening.apply({ data: vector, rows: 1, columns: vector.length })

/**
 * Whitens some examples for training. They are in the task's workspace until the next ones are whitened.
 * @param rows all but the fold's @param fold null: all rows, and the whitening is rounded as it will be saved
 */
export function whitenExamples(task: FoldTask, rows: number[], fold: number | null): Whitened {
  const { features, y, within, prior, workspace, seed } = task
  const present = [...new Set(rows.map((r) => y[r]!))].sort((a, b) => a - b)
  const at = new Map(present.map((c, i) => [c, i]))
  const covariances = [...within.without(fold), ...(prior ? [priorCovariance(prior)] : [])]
  const z = workspace.take(rows.length, features.columns, present.length)
  const input = {
    z,
    y: Uint32Array.from(rows, (r) => at.get(y[r]!)!),
    classes: present.length,
    weights: Float32Array.from(rows, (r) => task.weights[r]!),
    seed,
  }
  const whitening = Whitening.fit({ x: features, inside: rows, covariances, z, saved: fold === null })
  return { input, present, whitening, unwhiten: () => whitening.unwhiten(features, rows, z) }
}
