import { dotProducts } from '../../kernels/dot-products.ts'
import { type Matrix, squaredNorm } from '../../numbers/matrix.ts'
import { classMeans } from '../../numbers/rows.ts'
import type { FitInput } from '../head.ts'

/**
 * Cosine of each row to the class means as they are without that row: what it would get if it had not been trained on.
 * @param x the rows of z as floats, n x d @returns n x classes; 0 to the own class where nothing else is in it
 */
export function cosinesWithoutSelf({ z, y, classes }: Omit<FitInput, 'weights' | 'seed'>, x: Matrix): Matrix {
  const { means, counts } = classMeans(z, y, classes)
  const dots = dotProducts(x, means)
  const norms = Float64Array.from({ length: classes }, (_, c) => squaredNorm(means, c))
  for (let r = 0; r < x.rows; r++) {
    const self = squaredNorm(x, r)
    for (let c = 0; c < classes; c++) {
      const n = counts[c]!
      let dot = dots.data[r * classes + c]!
      let norm = norms[c]!
      if (y[r] === c && n > 1) {
        norm = (n * n * norm - 2 * n * dot + self) / (n - 1) ** 2
        dot = (n * dot - self) / (n - 1)
      } else if (y[r] === c) dot = 0
      dots.data[r * classes + c] = norm > 0 && self > 0 ? dot / Math.sqrt(norm * self) : 0
    }
  }
  return dots
}
