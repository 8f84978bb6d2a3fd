import { assignFolds } from '../cross-validation/assign-folds.ts'
import type { TrainingSet } from '../training-set.ts'
import { Desk } from '../whitening/workspace.ts'
import { findConflicts, findCopies, groupsOf, type Pair } from './duplicates.ts'
import { nearDuplicateHashes } from './hash-pairs.ts'
import { embedAlike } from './similarity-embedding.ts'
import { type Filed, findSuspects, type Grounds, type Suspicions } from './suspects.ts'

/** Bits of 64 in which hashes of one picture rescaled or recompressed differ at most. */
const HASH_BITS = 4

/** What is known of the examples before any head: which are copies, which contradict their label, which fold each is in. */
export type Survey = {
  folds: Uint8Array
  /** What each example counts: copies of one picture count as one. */
  weights: Float32Array
  /** Copies under one label; pictures that are nearly the same under two. */
  copies: Pair[]
  conflicts: Pair[]
  suspicions: Suspicions
}
/** Which examples are copies, contradict their label, and share a fold: nothing is trained for it. */
export function surveyExamples(
  set: TrainingSet,
  { seed = 1, robust = true }: { seed?: number; robust?: boolean } = {},
  desk = new Desk(set.y.length, set.labels.length),
): { survey: Survey; filed: Filed; grounds: Grounds | null } {
  const { features: learned, views, prior, y, labels, hashes } = set
  const n = y.length
  const z = embedAlike(learned, views, prior, desk)
  const hashed = nearDuplicateHashes(hashes, HASH_BITS)
  const copies = findCopies(z, y, hashed)
  const group = groupsOf(n, copies)
  const filed = { y, classes: labels.length, group, vouched: set.vouched ?? new Uint8Array(n) }
  const { grounds, ...suspicions } = findSuspects(z, filed)
  if (!robust) suspicions.leftOut.fill(0)
  const conflicts = findConflicts(z, y, hashed, suspicions.scores)
  // Never on both sides of a split, whatever they are called. (By features two labels for one thing would make one group.)
  const batch = groupsOf(n, [...copies, ...conflicts.filter((p) => p.similarity === 1)])
  const sizes = new Uint32Array(n)
  for (const g of group) sizes[g]! += 1
  const weights = Float32Array.from(group, (g) => 1 / sizes[g]!)
  const folds = assignFolds(y, { groups: batch, seed })
  return { survey: { folds, weights, copies, conflicts, suspicions }, filed, grounds }
}
