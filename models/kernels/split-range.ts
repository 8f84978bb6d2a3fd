/** Indices from `from` to before `to`. */
export type Range = [from: number, to: number]

/**
 * Splits 0 to total into at most `parts` ranges of about the same work, none empty, whose borders are multiples of `step`.
 * @param total a multiple of `step` @param shape triangle: an item's work falls in proportion to how many follow it, as that of the rows of an upper triangle
 */
export function splitRange(
  total: number,
  { parts, step, shape }: { parts: number; step: number; shape: 'even' | 'triangle' },
): Range[] {
  const border = (part: number): number => {
    if (part === parts) return total
    const share = shape === 'even' ? part / parts : 1 - Math.sqrt(1 - part / parts)
    return Math.round((share * total) / step) * step
  }
  return Array.from({ length: parts }, (_, part): Range => [border(part), border(part + 1)]).filter(([a, b]) => a < b)
}
