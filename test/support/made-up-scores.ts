import type { Matrix } from '../../models/numbers/matrix.ts'
import { seededRandom } from '../../models/random.ts'

/** What follows a seed: `truth`, the class of each of n rows, and `scores`, n x classes, that favour it by `lead`. */
export function makeScores(n: number, classes: number, seed = 8) {
  const random = seededRandom(seed)
  /** Mean 0, standard deviation 0.5. */
  const noise = (): number => random() + random() + random() - 1.5
  const truth = Uint32Array.from({ length: n }, (_, i) => i % classes)
  const scores = (lead: number): Matrix => {
    const data = Float32Array.from(
      { length: n * classes },
      (_, i) => noise() + (i % classes === truth[Math.floor(i / classes)] ? lead : 0),
    )
    return { data, rows: n, columns: classes }
  }
  return { random, noise, truth, scores }
}

/** Share of rows whose largest score is that of their class. */
export function accuracyOf({ data, rows, columns }: Matrix, truth: ArrayLike<number>): number {
  const best = Array.from({ length: rows }, (_, r) => {
    const row = data.subarray(r * columns, (r + 1) * columns)
    return row.indexOf(Math.max(...row))
  })
  return best.filter((c, r) => c === truth[r]).length / rows
}
