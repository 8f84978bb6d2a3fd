/** Sum of a[i] * b[i] over the indices from `from` to before `to`. */
export function dot(
  a: Float32Array,
  b: Float32Array,
  { from = 0, to = a.length }: { from?: number; to?: number } = {},
) {
  let sum = 0
  for (let i = from; i < to; i++) sum += a[i]! * b[i]!
  return sum
}

/** Views of the rows of row-major values. */
export const rowsOf = (data: Float32Array, columns: number): Float32Array[] =>
  Array.from({ length: data.length / columns }, (_, r) => data.subarray(r * columns, (r + 1) * columns))
