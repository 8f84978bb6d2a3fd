/**
 * Solves A x = b by Gauss-Jordan elimination without pivoting.
 * @param a n x n, positive definite, small @param b n values @returns x, n values
 */
export function solveLinearSystem(a: number[][], b: number[]): number[] {
  const n = b.length
  const m = a.map((row, i) => [...row, b[i]!])
  for (let i = 0; i < n; i++)
    for (let r = 0; r < n; r++) {
      if (r === i) continue
      const factor = m[r]![i]! / m[i]![i]!
      for (let c = i; c <= n; c++) m[r]![c]! -= factor * m[i]![c]!
    }
  return m.map((row, i) => row[n]! / row[i]!)
}
