/** Pairs of indices, the smaller first, of 64-bit hashes that are at most `distance` bits apart. */
export function nearDuplicateHashes(hashes: bigint[], distance: number): [number, number][] {
  const pairs: [number, number][] = []
  const same = Map.groupBy(hashes.keys(), (i) => hashes[i]!)
  // Of many that are all the same, neighbours are enough: they make a chain.
  for (const some of same.values()) for (let k = 1; k < some.length; k++) pairs.push([some[k - 1]!, some[k]!])
  const different = [...same.values()].map((some) => some[0]!)
  const high = Int32Array.from(hashes, (h) => Number(BigInt.asIntN(32, h >> 32n)))
  const low = Int32Array.from(hashes, (h) => Number(BigInt.asIntN(32, h)))
  const seen = new Set<number>()
  // One of distance + 1 parts is the same in hashes that are near (pigeonholes): only those are compared.
  for (const part of partsOf(distance + 1))
    for (const some of Map.groupBy(different, (i) => part(high[i]!, low[i]!)).values())
      for (const [at, i] of some.entries())
        for (let k = 0; k < at; k++) {
          const j = some[k]!
          if (ones(high[i]! ^ high[j]!) + ones(low[i]! ^ low[j]!) > distance || seen.has(j * hashes.length + i))
            continue
          seen.add(j * hashes.length + i)
          pairs.push([j, i])
        }
  return pairs
}

/** Cuts 64 bits, given as two halves, into so many parts. */
function partsOf(count: number): ((high: number, low: number) => number)[] {
  const width = Math.ceil(64 / count)
  const mask = 2 ** width - 1
  return Array.from({ length: count }, (_, p) => (high, low) => {
    const at = p * width
    if (at >= 32) return (high >>> (at - 32)) & mask
    return ((low >>> at) | (at === 0 ? 0 : high << (32 - at))) & mask
  })
}

function ones(v: number): number {
  let x = v - ((v >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
