/**
 * Repeatable uniform numbers in [0, 1): xorshift32 (Marsaglia 2003). Not for secrets.
 * @param seed an integer; even ones give the same numbers as the next odd one
 */
export function seededRandom(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
