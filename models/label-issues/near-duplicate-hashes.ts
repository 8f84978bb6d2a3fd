/** Bits of 64 in which the hashes of one picture, rescaled or recompressed, differ at most. */
export const MAX_HASH_DISTANCE = 4

/** Bits of a perceptual hash, and of the halves that it is compared in: 32-bit integers are far faster than big ones. */
const HASH_BITS = 64
const HALF_BITS = 32

/** The halves of a hash, each as a signed 32-bit integer. */
type Halves = { high: number; low: number }

/**
 * Pairs of hashes that are at most `maxDistance` of their 64 bits apart, as indices with the smaller first. Hashes that are near share at least
 * one of maxDistance + 1 parts (pigeonhole principle), so only those that share a part are compared. Of many equal hashes each is paired with
 * the next alone. Pairs are not held: there may be n² of them.
 */
export function* nearDuplicateHashes(hashes: bigint[], maxDistance: number): Generator<[number, number]> {
  const equal = [...Map.groupBy(hashes.keys(), (i) => hashes[i]!).values()]
  for (const indices of equal) yield* chain(indices)
  const distinct = equal.map((indices) => indices[0]!)
  const halves = hashes.map(toHalves)
  const parts = partsOfHash(maxDistance + 1)
  for (const [p, part] of parts.entries()) {
    const before = parts.slice(0, p)
    for (const candidates of Map.groupBy(distinct, (i) => part(halves[i]!)).values())
      for (const [j, i] of pairsOf(candidates)) {
        if (hammingDistance(halves[i]!, halves[j]!) > maxDistance) continue
        // Those that share an earlier part were compared there.
        if (!before.some((earlier) => earlier(halves[i]!) === earlier(halves[j]!))) yield [j, i]
      }
  }
}

/** Each index with the next one. */
const chain = (indices: number[]): [number, number][] =>
  indices.slice(1).map((index, i): [number, number] => [indices[i]!, index])

/** All pairs, the earlier one first. */
function* pairsOf(indices: number[]): Generator<[number, number]> {
  for (const [at, later] of indices.entries()) for (let k = 0; k < at; k++) yield [indices[k]!, later]
}

const toHalves = (hash: bigint): Halves => ({
  high: Number(BigInt.asIntN(HALF_BITS, hash >> 32n)),
  low: Number(BigInt.asIntN(HALF_BITS, hash)),
})

/** Functions that read parts of a hash: `count` of them, together all bits. */
function partsOfHash(count: number): ((hash: Halves) => number)[] {
  const width = Math.ceil(HASH_BITS / count)
  const mask = 2 ** width - 1
  return Array.from({ length: count }, (_, part) => ({ high, low }: Halves): number => {
    const at = part * width
    if (at >= HALF_BITS) return (high >>> (at - HALF_BITS)) & mask
    return ((low >>> at) | (at === 0 ? 0 : high << (HALF_BITS - at))) & mask
  })
}

/** In how many of their 64 bits two hashes differ. */
export const hashDistance = (a: bigint, b: bigint): number => hammingDistance(toHalves(a), toHalves(b))

const hammingDistance = (a: Halves, b: Halves): number => countOnes(a.high ^ b.high) + countOnes(a.low ^ b.low)

/** Ones in 32 bits: sums of 2, of 4, then of 8 bits, added up by one product (Warren, Hacker's Delight, 5-1). */
function countOnes(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
