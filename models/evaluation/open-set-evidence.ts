import { dotProducts } from '../kernels/dot-products.ts'
import { type Matrix, squaredNorm } from '../numbers/matrix.ts'
import { classMeans, type Rows } from '../numbers/rows.ts'

/** What tells whether a picture shows a trained label: the largest cosine to a class mean, and its lead over the next. */
export type OpenSetEvidence = { nearness: number; gap: number }

/** Keeps a zero vector from dividing by zero. */
const TINY = 1e-12

/** @param cosines n x classes, at least two classes @returns of each row */
export function openSetEvidence({ data, rows, columns }: Matrix): OpenSetEvidence[] {
  return Array.from({ length: rows }, (_, r) => evidenceOfRow(data.subarray(r * columns, (r + 1) * columns)))
}

function evidenceOfRow(cosines: Float32Array): OpenSetEvidence {
  let [first, second] = [-1, -1]
  for (const v of cosines)
    if (v > first) [first, second] = [v, first]
    else if (v > second) second = v
  return { nearness: first, gap: first - second }
}

/**
 * Evidence of rows as if their own label had never been trained: without its mean, and without its part in the mean of everything, on
 * which all is centred and which would make it less like the others than a stranger is. It takes three labels; below, there is none.
 * @param z n x d, what was trained on @param y class of each of its rows
 * @returns for rows `test`, m x d, that were not trained on, of classes `own`
 */
export function evidenceWithoutOwnClass(
  z: Rows,
  y: Uint32Array,
  classes: number,
): (test: Matrix, own: Uint32Array) => OpenSetEvidence[] {
  if (classes < 3) return () => []
  const { means, counts } = classMeans(z, y, classes)
  const among = dotProducts(means, means)
  return (test, own) => {
    const dots = dotProducts(test, means)
    return Array.from({ length: test.rows }, (_, r) => {
      const c = own[r]!
      // Centred without c, everything moves by this much of c's mean.
      const a = counts[c]! / (y.length - counts[c]!)
      const ofC = among.data[c * classes + c]!
      const withC = dots.data[r * classes + c]!
      const norm = squaredNorm(test, r) + 2 * a * withC + a * a * ofC
      const cosines = new Float32Array(classes).fill(-1)
      for (let k = 0; k < classes; k++) {
        if (k === c) continue
        const between = among.data[k * classes + c]!
        const dot = dots.data[r * classes + k]! + a * (withC + between) + a * a * ofC
        const ofK = among.data[k * classes + k]! + 2 * a * between + a * a * ofC
        cosines[k] = dot / Math.sqrt(Math.max(norm * ofK, TINY))
      }
      return evidenceOfRow(cosines)
    })
  }
}
