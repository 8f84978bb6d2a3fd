import { dotProducts } from '../kernels/dot-products.ts'
import { freeArrays } from '../numbers/memory.ts'
import { type Rows, takeRows } from '../numbers/rows.ts'

/** Rows of the blocks that are multiplied. The right one is transposed for each product, so it is the smaller one. */
const LEFT_BLOCK_ROWS = 2048
const RIGHT_BLOCK_ROWS = 512

/**
 * Visits pairs of different rows, one of each list, whose cosine is at least `threshold`; some of them twice where both lists have both
 * rows. Nothing is held: there may be n² of them. @param z rows of length 1
 */
export function visitSimilarPairs(
  z: Rows,
  { some, all, threshold }: { some: number[]; all: number[]; threshold: number },
  visit: (a: number, b: number, similarity: number) => void,
): void {
  for (let to = 0; to < all.length; to += RIGHT_BLOCK_ROWS) {
    const right = all.slice(to, to + RIGHT_BLOCK_ROWS)
    const w = takeRows(z, right)
    for (let from = 0; from < some.length; from += LEFT_BLOCK_ROWS) {
      // The other half of a symmetric product.
      if (some === all && to < from) continue
      const left = some.slice(from, from + LEFT_BLOCK_ROWS)
      const x = takeRows(z, left)
      const { data: cosines } = dotProducts(x, w)
      for (let i = 0, at = 0; i < left.length; i++)
        for (let j = 0; j < right.length; j++, at++)
          if (cosines[at]! >= threshold && left[i] !== right[j]) visit(left[i]!, right[j]!, cosines[at]!)
      freeArrays(x.data, cosines)
    }
    freeArrays(w.data)
  }
}
