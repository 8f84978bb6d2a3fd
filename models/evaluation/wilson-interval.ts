/** 97.5 % quantile of the standard normal distribution. */
const Z = 1.96

/** 95 % confidence interval of a share, within [0, 1] (Wilson 1927). @param hits of n; without any the interval is [0, 1] */
export function wilsonInterval(hits: number, n: number): [number, number] {
  if (n === 0) return [0, 1]
  const p = hits / n
  const middle = p + (Z * Z) / (2 * n)
  const spread = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n))
  const whole = 1 + (Z * Z) / n
  return [Math.max(0, (middle - spread) / whole), Math.min(1, (middle + spread) / whole)]
}
