import type { Matrix } from '../kernels/kernels.ts'
import type { Rows } from '../numbers/rows.ts'
import { type Doubts, doubt, FLAGGED } from './doubt.ts'
import { addEvidence, cosinesWithoutOwn, type Fit } from './label-fit.ts'
import { neighbourGain } from './neighbours.ts'

/** By row: how suspect (`Doubts`), and 1 where the evidence is strong enough to learn without it. */
export type Suspicions = Pick<Doubts, 'scores' | 'suggested'> & { leftOut: Uint8Array }

/** What is asked of: y, the class of each row; group, copies of one picture, which do not speak for each other; vouched, 1 where a person said that it is right. */
export type Filed = { y: Uint32Array; classes: number; group: Uint32Array; vouched: Uint8Array }

/** Others under a label that it takes to learn without one that nobody looked at. */
const LEAST_TO_LEAVE = 7
const LEAST_ROWS = 20
/** What leaving out must bring (`neighbourGain`): of what is missed without it, and of what is left out. */
const [OF_MISSED, OF_LEFT_OUT] = [0.06, 0.2]
/** Never more than this share of a label is left out. */
const MOST_LEFT_OUT = 0.4

/**
 * Finds pictures that contradict their label, decides which of them to learn without, and asks all once more without those: what is left
 * says it better. `fit` is what that came to; null: there is too little to tell.
 * @param z rows of length 1 (`embedAlike`)
 */
export function findSuspects(z: Rows, filed: Filed): Suspicions & { fit: Fit | null } {
  const { y, classes, group } = filed
  const n = y.length
  const none = { scores: new Float32Array(n), suggested: new Int32Array(n).fill(-1), leftOut: new Uint8Array(n) }
  if (classes < 2 || n < LEAST_ROWS) return { ...none, fit: null }
  const fit = cosinesWithoutOwn(z, y, classes, group)
  const first = doubt(fit, y, classes)
  if (!first) return { ...none, fit: null }
  const { scores, suggested } = first
  const leftOut = decide(first, fit, filed)
  if (!leftOut.some(Boolean)) return { scores, suggested, leftOut, fit }
  // Labels that are broad, or of several kinds, look as if they held wrong pictures. Only wrong ones are in their neighbours' way.
  const share = leftOut.reduce((sum, v) => sum + v, 0) / n
  const { gain, missed } = neighbourGain(z, y, classes, group, leftOut)
  if (gain < Math.max(OF_MISSED * missed, OF_LEFT_OUT * share))
    return { scores, suggested, leftOut: leftOut.fill(0), fit }
  const { cosines } = cosinesWithoutOwn(z, y, classes, group, leftOut, fit.cosines)
  const without = { cosines, others: fit.others }
  const second = doubt(without, y, classes) ?? first
  return { scores: second.scores, suggested: second.suggested, leftOut, fit: without }
}

/**
 * The same after a cross-validation: what heads say that did not see a picture, nor what is left out, counts beside its fit. Which ones
 * are left out is decided anew where any are. The fit is written over.
 * @param rows those that were asked @param p n x classes
 */
export function reconsider(
  { fit, ...before }: Suspicions & { fit: Fit | null },
  filed: Filed,
  rows: number[],
  p: Matrix,
): Suspicions {
  if (!fit) return before
  addEvidence(fit, rows, p)
  const found = doubt(fit, filed.y, filed.classes)
  if (!found) return before
  const leftOut = before.leftOut.some(Boolean) ? decide(found, fit, filed) : before.leftOut
  return { scores: found.scores, suggested: found.suggested, leftOut }
}

function decide({ scores, own, floor, height }: Doubts, { others }: Fit, filed: Filed): Uint8Array {
  const { y, classes, vouched } = filed
  const share = scores.filter((s) => s >= FLAGGED).length / y.length
  // The fewer there are, the surer it must be: some pictures are odd and right.
  const leaveAt = floor + height * Math.max(0.1, Math.min(0.4, 3 * share - 0.4))
  const strong = [...y.keys()].filter(
    (r) => scores[r]! >= FLAGGED && others[r]! >= LEAST_TO_LEAVE && own[r]! < leaveAt && !vouched[r],
  )
  return capped(strong, own, y, classes)
}

/** The weakest fit first, and no more of a label than it can bear. */
function capped(strong: number[], own: Float64Array, y: Uint32Array, classes: number): Uint8Array {
  const counts = new Float64Array(classes)
  for (const c of y) counts[c]! += 1
  const out = new Uint8Array(y.length)
  const taken = new Float64Array(classes)
  for (const r of strong.sort((a, b) => own[a]! - own[b]!)) {
    const c = y[r]!
    if (taken[c]! + 1 > MOST_LEFT_OUT * counts[c]!) continue
    taken[c]! += 1
    out[r] = 1
  }
  return out
}
