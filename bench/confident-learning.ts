import type { Matrix } from '../models/numbers/matrix.ts'

/**
 * The formulas of confident learning (Northcutt, Jiang, Chuang 2021), to compare with. A row is flagged if it is off the diagonal of the
 * confident joint: of the classes whose mean self-confidence it reaches, the likeliest is not the given one.
 * @param p n x classes, out-of-sample probabilities
 * @param y given class of each row
 */
export function confidentLearning({ data, rows, columns: k }: Matrix, y: Uint32Array) {
  const own = Array.from({ length: rows }, (_, r) => data[r * k + y[r]!]!)
  const thresholds = Array.from({ length: k }, (_, c) => {
    const mine = own.filter((_, r) => y[r] === c)
    return mine.reduce((a, b) => a + b, 0) / Math.max(1, mine.length)
  })
  const flagged: boolean[] = []
  const normalisedMargin: number[] = []
  for (let r = 0; r < rows; r++) {
    let [confident, other] = [-1, 0]
    for (let c = 0; c < k; c++) {
      const p = data[r * k + c]!
      if (c !== y[r]) other = Math.max(other, p)
      if (p >= thresholds[c]! && (confident < 0 || p > data[r * k + confident]!)) confident = c
    }
    flagged.push(confident >= 0 && confident !== y[r])
    normalisedMargin.push(own[r]! - other)
  }
  return { selfConfidence: own, normalisedMargin, flagged }
}
