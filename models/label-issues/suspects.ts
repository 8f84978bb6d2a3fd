import type { Matrix } from '../kernels/kernels.ts'
import type { Rows } from '../numbers/rows.ts'
import { addEvidence, bestOther, cosinesWithoutOwn, type Fit } from './label-fit.ts'
import { askNeighbours, evenly, temperatureOf, voteGain } from './neighbours.ts'
import { type Doubts, doubt, FLAGGED } from './suspicion-score.ts'

/** By row: how suspect (`Doubts`), and 1 where the evidence is strong enough to learn without it. */
export type Suspicions = Pick<Doubts, 'scores' | 'suggested'> & { leftOut: Uint8Array }

/** What is asked of: y, the class of each row; group, copies of one picture, which do not speak for each other; vouched, 1 where a person said that it is right. */
export type Filed = { y: Uint32Array; classes: number; group: Uint32Array; vouched: Uint8Array }

/** How each row fits, and 1 where its neighbours speak for its label: that is one of the kinds of pictures that the label holds. */
export type Grounds = Fit & { backed: Uint8Array }

/** Others under a label that it takes to learn without one that nobody looked at. */
const LEAST_TO_LEAVE = 7
const LEAST_ROWS = 20
/** What leaving out must bring to the log probability of those that are kept (`voteGain`): at least, and for each share that is left out. */
const [AT_LEAST, FOR_SHARE] = [0.01, 0.63]
/** What has a score over this says nothing about how pictures of its label differ. */
const DOUBTED = 0.3
/** Never more than this share of a label is left out. */
const MOST_LEFT_OUT = 0.4
/** From this score on neighbours are asked, and how much quieter than those of another label those of the own may be (`askNeighbours`) */
const [ASKED, BACKED] = [0.25, -1.2]
/** where so well backed is more than this share of what is strongly suspected, and more than of pictures under a wrong label: as many show it. */
const [WELL, MORE, BY_CHANCE, AS_MANY] = [-0.4, 0.1, 0.02, 300]

/**
 * Finds pictures that contradict their label, decides which of them to learn without, and asks all once more without those: what is left
 * says it better. `grounds` are what that came to; null: there is too little to tell.
 * @param z rows of length 1 (`embedAlike`)
 */
export function findSuspects(z: Rows, filed: Filed): Suspicions & { grounds: Grounds | null } {
  const { y, classes, group } = filed
  const n = y.length
  const none = { scores: new Float32Array(n), suggested: new Int32Array(n).fill(-1), leftOut: new Uint8Array(n) }
  if (classes < 2 || n < LEAST_ROWS) return { ...none, grounds: null }
  const fit = cosinesWithoutOwn(z, y, classes, group)
  const first = doubt(fit, y, classes)
  if (!first) return { ...none, grounds: null }
  const { scores, suggested } = first
  const strong = strongest(first, fit, filed)
  if (strong.length === 0) return { ...none, scores, suggested, grounds: { ...fit, backed: new Uint8Array(n) } }
  const temperature = temperatureOf(z, y)
  const grounds = { ...fit, backed: findBacked(z, temperature, first, strong, fit, filed) }
  const leftOut = leave(strong, first, grounds, filed)
  if (!leftOut.some(Boolean)) return { scores, suggested, leftOut, grounds }
  // Labels that are broad, or of several kinds, look as if they held wrong pictures. Only wrong ones are in their neighbours' way.
  const share = leftOut.reduce((sum, v) => sum + v, 0) / n
  const { ofAll, ofKept } = voteGain(z, filed, classes, temperature, leftOut)
  if (ofAll < 0 || ofKept < AT_LEAST + FOR_SHARE * share)
    return { scores, suggested, leftOut: leftOut.fill(0), grounds }
  const { cosines } = cosinesWithoutOwn(z, y, classes, group, leftOut, fit.cosines)
  const without = { ...grounds, cosines }
  const second = doubt(without, y, classes) ?? first
  return { scores: second.scores, suggested: second.suggested, leftOut, grounds: without }
}

/**
 * The same after a cross-validation: what heads say that did not see a picture, nor what is left out, counts beside its fit. Which ones
 * are left out is decided anew where any are. The grounds are written over.
 * @param rows those that were asked @param p n x classes
 */
export function reconsider(
  { grounds, ...before }: Suspicions & { grounds: Grounds | null },
  filed: Filed,
  rows: number[],
  p: Matrix,
): Suspicions {
  if (!grounds) return before
  addEvidence(grounds, rows, p)
  const found = doubt(grounds, filed.y, filed.classes)
  if (!found) return before
  const leftOut = before.leftOut.some(Boolean)
    ? leave(strongest(found, grounds, filed), found, grounds, filed)
    : before.leftOut
  return { scores: found.scores, suggested: found.suggested, leftOut }
}

/**
 * 1 for what must not say how pictures of a label differ: what is left out, and where anything is, what is doubted. One wrong picture
 * differs from its label in what tells labels apart, and whitening would take that away.
 */
export const unsure = ({ scores, leftOut }: Suspicions): Uint8Array =>
  leftOut.some(Boolean) ? leftOut.map((v, r) => Number(v || scores[r]! > DOUBTED)) : leftOut

/** The weakest fit first, none that is backed, and no more of a label than it can bear. */
function leave(strong: number[], { own }: Doubts, { backed }: Grounds, { y, classes }: Filed): Uint8Array {
  const counts = new Float64Array(classes)
  for (const c of y) counts[c]! += 1
  const out = new Uint8Array(y.length)
  const taken = new Float64Array(classes)
  for (const r of strong.filter((r) => !backed[r]).sort((a, b) => own[a]! - own[b]!)) {
    const c = y[r]!
    if (taken[c]! + 1 > MOST_LEFT_OUT * counts[c]!) continue
    taken[c]! += 1
    out[r] = 1
  }
  return out
}

/** Those whose label is contradicted strongly enough to learn without them. */
function strongest({ scores, own, floor, height }: Doubts, { others }: Fit, { y, vouched }: Filed): number[] {
  const share = scores.filter((s) => s >= FLAGGED).length / y.length
  // The fewer there are, the surer it must be: some pictures are odd and right.
  const leaveAt = floor + height * Math.max(0.1, Math.min(0.4, 3 * share - 0.4))
  return [...y.keys()].filter(
    (r) => scores[r]! >= FLAGGED && others[r]! >= LEAST_TO_LEAVE && own[r]! < leaveAt && !vouched[r],
  )
}

/**
 * None where no more of what is strongly suspected is backed than if it were wrong: then labels hold one kind each, and wrong pictures of one
 * sort are not to speak for one another.
 */
function findBacked(
  z: Rows,
  temperature: number,
  found: Doubts,
  strong: number[],
  { cosines }: Fit,
  filed: Filed,
): Uint8Array {
  const { y, classes } = filed
  const ask = askNeighbours(z, filed, temperature)
  const all = [...y.keys()]
  const doubted = all.filter((r) => found.scores[r]! >= ASKED)
  const louder = new Map(doubted.map((r) => [r, ask(r, y[r]!, bestOther(cosines, classes, r, y[r]!))]))
  const sure = evenly(
    all.filter((r) => !louder.has(r)),
    AS_MANY,
  )
  const wrong = sure.map((r, i) => ask(r, (y[r]! + 1 + (i % (classes - 1))) % classes, y[r]!))
  const well = (some: number[]): number => some.filter((v) => v > WELL).length / Math.max(1, some.length)
  const asked = well(strong.map((r) => louder.get(r)!)) > Math.max(MORE, well(wrong) + BY_CHANCE)
  return Uint8Array.from(all, (r) => Number(asked && (louder.get(r) ?? BACKED) > BACKED))
}
