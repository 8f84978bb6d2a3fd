import { discard } from '../numbers/discard.ts'
import { product } from '../numbers/product.ts'
import { dotOfRows, type Rows, takeRows } from '../numbers/rows.ts'

/** What a neighbour says counts as the exponential of its cosine over this share of how much cosines between labels differ. */
const TEMPERATURE = 0.7
/** And not less than this. */
const COLDEST = 0.005
/** Rows that are enough to tell, and those of one label. */
const [ENOUGH, OF_ONE] = [1200, 30]
/** Pairs that are enough to tell how much cosines differ. */
const PAIRS = 4000

/** What is asked about: the class of each row, and its group of copies, which are not asked for each other. */
type Asked = { y: Uint32Array; group: Uint32Array }

/**
 * Asks how much louder the neighbours of a row under one label are than those under another, as a logarithm; NaN where it has none of
 * either. Unlike a label's mean they speak for each kind of picture that a label holds. @param z rows of length 1
 */
export function askNeighbours(z: Rows, { y, group }: Asked, temperature: number) {
  const by = Map.groupBy(y.keys(), (r) => y[r]!)
  const some = new Map([...by].map(([c, all]) => [c, evenly(all, OF_ONE)]))
  const loudness = (r: number, c: number): number => {
    let [sum, count] = [0, 0]
    for (const b of some.get(c) ?? []) {
      if (group[b] === group[r]) continue
      sum += Math.exp(dotOfRows(z, r, b) / temperature)
      count++
    }
    return (sum / count) * (by.get(c)?.length ?? 0)
  }
  return (r: number, c: number, against: number): number => Math.log(loudness(r, c) / loudness(r, against))
}

/**
 * By how much likelier the neighbours of a picture make its label where some are nobody's neighbour: the mean gain of its log probability
 * by their votes (leave-one-out kernel classification), over all pictures and over those that are kept.
 * @param z rows of length 1 @param leftOut 1 for those that are nobody's neighbour
 */
export function voteGain(
  z: Rows,
  { y, group }: Asked,
  classes: number,
  temperature: number,
  leftOut: Uint8Array,
): { ofAll: number; ofKept: number } {
  const rows = someOf(y, classes)
  const x = takeRows(z, rows)
  const { data: alike } = product(x, x)
  let [all, ofKept, kept] = [0, 0, 0]
  const [before, after] = [new Float64Array(classes), new Float64Array(classes)]
  for (const [a, r] of rows.entries()) {
    before.fill(TINY)
    after.fill(TINY)
    for (const [b, s] of rows.entries()) {
      if (group[s] === group[r]) continue
      const voice = Math.exp(alike[a * rows.length + b]! / temperature)
      before[y[s]!]! += voice
      if (!leftOut[s]) after[y[s]!]! += voice
    }
    const gain = logShare(after, y[r]!) - logShare(before, y[r]!)
    all += gain
    if (leftOut[r]) continue
    ofKept += gain
    kept++
  }
  discard(x.data, alike)
  return { ofAll: all / rows.length, ofKept: kept > 0 ? ofKept / kept : 0 }
}

/** For `askNeighbours` and `voteGain`: from the deviation of the cosines of pictures under two labels. */
export function temperatureOf(z: Rows, y: Uint32Array): number {
  let [sum, squares, count] = [0, 0, 0]
  for (let k = 0; k < PAIRS; k++) {
    // Steps that hardly repeat themselves.
    const [a, b] = [(k * 7919) % z.rows, (k * 104_729 + (k % 97)) % z.rows]
    if (y[a] === y[b]) continue
    const v = dotOfRows(z, a, b)
    sum += v
    squares += v * v
    count++
  }
  const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  return Math.max(COLDEST, TEMPERATURE * (count > 0 ? deviation : 0))
}

/** Keeps a label without a voice from having no probability. */
const TINY = 1e-9

const logShare = (voices: Float64Array, c: number): number => Math.log(voices[c]! / voices.reduce((a, b) => a + b))

/** Some rows of each of some labels, evenly spread. */
function someOf(y: Uint32Array, classes: number): number[] {
  const by = Array.from({ length: classes }, () => [] as number[])
  for (const [r, c] of y.entries()) by[c]!.push(r)
  const parts = by.map((rows) => evenly(rows, OF_ONE))
  const mean = parts.reduce((sum, p) => sum + p.length, 0) / classes
  return evenly(parts, Math.max(2, Math.floor(ENOUGH / mean))).flat()
}

/** At most so many of them, from all over. */
export function evenly<T>(items: T[], most: number): T[] {
  if (items.length <= most) return items
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]!)
}
