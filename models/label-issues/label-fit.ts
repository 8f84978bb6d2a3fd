import type { Matrix } from '../kernels/kernels.ts'
import { lastingFloats } from '../kernels/memory.ts'
import { discard } from '../numbers/discard.ts'
import { productOfRows, squareOf } from '../numbers/product.ts'
import type { Rows } from '../numbers/rows.ts'

/** Cosines over this are log odds, about. */
const TEMPERATURE = 0.15
/** What the log of an out-of-fold probability counts beside. */
const SHARE = 0.5
const LEAST = 1e-6

/** n x classes; `others`: pictures that each row's class has beside it, copies counted once. */
export type Fit = { cosines: Float32Array; others: Uint32Array }

/**
 * Cosine of each row to each class mean, of its own class's without it and its copies.
 * @param group copies of one picture, which are under one label @param silent 1 for rows that are in no mean @param cosines
 * where they are written
 */
export function cosinesWithoutOwn(
  z: Rows,
  y: Uint32Array,
  classes: number,
  group: Uint32Array,
  silent: Uint8Array = new Uint8Array(y.length),
  cosines: Float32Array = lastingFloats(y.length * classes),
): Fit {
  const d = z.columns
  const members = [...Map.groupBy(y.keys(), (r) => group[r]!).values()]
  const sums: Matrix = { data: new Float32Array(classes * d), rows: classes, columns: d }
  const apart = new Uint32Array(classes)
  for (const some of members) {
    const c = y[some[0]!]!
    if (some.some((r) => silent[r])) continue
    apart[c]! += 1
    // Copies count as one picture.
    for (const r of some) {
      const scale = z.scales[r]! / some.length
      for (let i = 0; i < d; i++) sums.data[c * d + i]! += z.data[r * d + i]! * scale
    }
  }
  const dots = productOfRows(z, sums)
  const squares = Float64Array.from({ length: classes }, (_, c) => squareOf(sums, c))
  const mine = new Float64Array(d)
  for (const some of members) {
    const c = y[some[0]!]!
    // What is silent is in no mean, and need not be taken out of one.
    writeMean(mine, z, some.some((r) => silent[r]) ? [] : some)
    let [square, both] = [0, 0]
    for (let i = 0; i < d; i++) square += mine[i]! * mine[i]!
    for (let i = 0; i < d; i++) both += mine[i]! * sums.data[c * d + i]!
    const rest = squares[c]! - 2 * both + square
    for (const r of some)
      for (let k = 0; k < classes; k++) {
        let [dot, norm] = [dots.data[r * classes + k]!, squares[k]!]
        if (k === c) {
          norm = rest
          let own = 0
          for (let i = 0; i < d; i++) own += mine[i]! * z.data[r * d + i]!
          dot -= own * z.scales[r]!
        }
        cosines[r * classes + k] = norm > TINY ? dot / Math.sqrt(norm) : 0
      }
  }
  discard(sums.data, dots.data)
  return { cosines, others: Uint32Array.from(y, (c) => apart[c]! - 1) }
}

const TINY = 1e-9

function writeMean(mean: Float64Array, { data, scales, columns: d }: Rows, rows: number[]): void {
  mean.fill(0)
  for (const r of rows) {
    const scale = scales[r]! / rows.length
    for (let i = 0; i < d; i++) mean[i]! += data[r * d + i]! * scale
  }
}

/** Adds what heads say that did not see a row. @param rows those that were asked @param p n x classes */
export function addEvidence({ cosines }: Fit, rows: number[], { data: p, columns }: Matrix): void {
  for (const r of rows)
    for (let i = r * columns; i < (r + 1) * columns; i++)
      cosines[i]! += SHARE * TEMPERATURE * Math.log(Math.max(LEAST, p[i]!))
}

/** Log odds of a class against all others but one. */
export function logOdds(cosines: Float32Array, classes: number, r: number, c: number, untaught: number): number {
  let [top, sum] = [-Infinity, 0]
  for (let k = 0; k < classes; k++) if (k !== c && k !== untaught) top = Math.max(top, cosines[r * classes + k]!)
  for (let k = 0; k < classes; k++)
    if (k !== c && k !== untaught) sum += Math.exp((cosines[r * classes + k]! - top) / TEMPERATURE)
  return (cosines[r * classes + c]! - top) / TEMPERATURE - Math.log(sum)
}

export function bestOther(cosines: Float32Array, classes: number, r: number, c: number): number {
  let best = -1
  for (let k = 0; k < classes; k++)
    if (k !== c && (best < 0 || cosines[r * classes + k]! > cosines[r * classes + best]!)) best = k
  return best
}
