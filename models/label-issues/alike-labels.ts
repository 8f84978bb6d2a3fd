/** The score that a suspect has at most if its label and the one that it looks like are alike: it is none anymore. */
const QUIET_SCORE = 0.4
/** Of the pictures of a label: the share that must look like another label, in both directions, for the two to be alike. */
const ALIKE_SHARE = 0.25

/**
 * Lowers scores of labels that are alike, in place. Where many pictures of one label look like another, and many of that one like the first, the two
 * are nearly the same thing. That is said of the labels (`advise`), and is no reason to blame single pictures.
 * @param suspects rows that look like another label @param nearest for each row the other class that it fits best
 */
export function quietAlikeLabels(
  scores: Float32Array,
  suspects: number[],
  { nearest, y, classes }: { nearest: Int32Array; y: Uint32Array; classes: number },
): void {
  const sizes = new Float64Array(classes)
  for (const c of y) sizes[c]! += 1
  const key = (from: number, to: number): number => from * classes + to
  const lookingLike = new Map<number, number>()
  for (const r of suspects) {
    const k = key(y[r]!, nearest[r]!)
    lookingLike.set(k, (lookingLike.get(k) ?? 0) + 1)
  }
  const manyLookLike = (from: number, to: number): boolean =>
    (lookingLike.get(key(from, to)) ?? 0) > ALIKE_SHARE * sizes[from]!
  for (const r of suspects) {
    const alike = manyLookLike(y[r]!, nearest[r]!) && manyLookLike(nearest[r]!, y[r]!)
    if (alike) scores[r] = Math.min(scores[r]!, QUIET_SCORE)
  }
}
