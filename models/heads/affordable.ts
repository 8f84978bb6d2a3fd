import { type HeadName, membersOf } from './names.ts'
import { BASE_HEADS } from './registry.ts'

/** `fits`: how many times each head is trained. `budget`: seconds for all of them. */
type Workload = { rows: number; classes: number; fits: number; budget: number }

/** The heads that can be trained within a budget. Times are estimated, not measured, so that the same data always give the same. */
export function affordableHeads(heads: HeadName[], { rows, classes, fits, budget }: Workload): HeadName[] {
  const seconds = (name: HeadName): number =>
    membersOf(name).reduce((sum, member) => sum + BASE_HEADS[member].seconds, 0)
  return heads.filter((name) => seconds(name) * rows * classes * fits <= budget)
}
