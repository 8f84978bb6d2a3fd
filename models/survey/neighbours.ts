import { product } from '../heads/product.ts'
import { discard } from '../numbers/discard.ts'
import { type Rows, takeRows } from '../numbers/rows.ts'

/** Rows that are enough to tell, and those of one label. */
const [ENOUGH, OF_ONE] = [1200, 30]

/**
 * By how much of all pictures more have their nearest neighbour under their own label where some are nobody's neighbour (leave-one-out
 * 1-nearest-neighbour accuracy). Those that are left out are asked, too.
 * @param z rows of length 1 @param group copies of one picture, which are not asked for each other @returns `gain`, and `missed`, the
 * share of all that has another label's picture nearest
 */
export function neighbourGain(
  z: Rows,
  y: Uint32Array,
  classes: number,
  group: Uint32Array,
  leftOut: Uint8Array,
): { gain: number; missed: number } {
  const rows = someOf(y, classes)
  const x = takeRows(z, rows)
  const { data: alike } = product(x, x)
  let [gain, hits] = [0, 0]
  for (let a = 0; a < rows.length; a++) {
    let [any, kept] = [-1, -1]
    for (let b = 0; b < rows.length; b++) {
      if (group[rows[a]!] === group[rows[b]!]) continue
      const likeness = alike[a * rows.length + b]!
      if (any < 0 || likeness > alike[a * rows.length + any]!) any = b
      if (!leftOut[rows[b]!] && (kept < 0 || likeness > alike[a * rows.length + kept]!)) kept = b
    }
    const isOwn = (b: number): number => Number(b >= 0 && y[rows[b]!] === y[rows[a]!])
    gain += isOwn(kept) - isOwn(any)
    hits += isOwn(any)
  }
  discard(x.data, alike)
  return { gain: gain / rows.length, missed: 1 - hits / rows.length }
}

/** Some rows of each of some labels, evenly spread. */
function someOf(y: Uint32Array, classes: number): number[] {
  const by = Array.from({ length: classes }, () => [] as number[])
  for (const [r, c] of y.entries()) by[c]!.push(r)
  const parts = by.map((rows) => spread(rows, OF_ONE))
  const mean = parts.reduce((sum, p) => sum + p.length, 0) / classes
  return spread(parts, Math.max(2, Math.floor(ENOUGH / mean))).flat()
}

function spread<T>(items: T[], most: number): T[] {
  if (items.length <= most) return items
  return Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]!)
}
