// Of at least one value.

export const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length

/** The value that `share` of all values (0 to 1, less than 1) are below; not interpolated. */
export const quantile = (values: ArrayLike<number>, share: number): number =>
  Float64Array.from(values).sort()[Math.floor(share * values.length)]!

export const median = (values: ArrayLike<number>): number => quantile(values, 0.5)

/** Of the whole population: divided by n. */
export function standardDeviation(values: Float64Array): number {
  const m = mean(values)
  return Math.sqrt(values.reduce((sum, x) => sum + (x - m) ** 2, 0) / values.length)
}
