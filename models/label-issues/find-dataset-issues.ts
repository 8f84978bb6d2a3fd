import { assignFolds } from '../cross-validation/assign-folds.ts'
import { embeddingsOf, type TrainingSet } from '../training-set.ts'
import { Workspace } from '../whitening/workspace.ts'
import { connectedComponents } from './connected-components.ts'
import { findConflicts, findCopies } from './duplicates.ts'
import type { GivenLabels, LabelEvidence } from './evidence.ts'
import { MAX_HASH_DISTANCE, nearDuplicateHashes } from './near-duplicate-hashes.ts'
import type { SimilarPair } from './pair-list.ts'
import { embedForSimilarity } from './similarity-embedding.ts'
import { findSuspects, type Suspicions } from './suspects.ts'

/** What is known of a dataset before anything is trained. */
export type DatasetIssues = {
  /** Pictures that are nearly the same, under one label and under two. */
  copies: SimilarPair[]
  conflicts: SimilarPair[]
  suspicions: Suspicions
  /** Fold of each example; copies share one. */
  folds: Uint8Array
  /** Weight of each example; copies of one picture weigh 1 together. */
  weights: Float32Array
}

type Options = {
  seed?: number
  /** Whether the training does without what clearly contradicts its label (default). */
  robust?: boolean
}

/**
 * Finds copies and suspects, and assigns folds that keep copies together.
 * @returns the issues, and what they were found with, for `updateSuspicions`
 */
export function findDatasetIssues(
  set: TrainingSet,
  { seed = 1, robust = true }: Options = {},
  workspace = new Workspace(set.y.length, set.labels.length),
): { issues: DatasetIssues; given: GivenLabels; evidence: LabelEvidence | null } {
  const { y, labels, hashes } = set
  const n = y.length
  const z = embedForSimilarity(embeddingsOf(set), workspace)
  const hashPairs = { [Symbol.iterator]: () => nearDuplicateHashes(hashes, MAX_HASH_DISTANCE) }
  const compared = { z, y, hashPairs }
  const copies = findCopies(compared)
  const group = connectedComponents(n, copies)
  const given = { y, classes: labels.length, group, vouched: set.vouched ?? new Uint8Array(n) }
  const { evidence, ...suspicions } = findSuspects(z, given)
  if (!robust) suspicions.leftOut.fill(0)
  const conflicts = findConflicts(compared, suspicions.scores)
  // The same picture is never on both sides of a split, whatever its labels. (By features, two labels for one thing would end in one fold.)
  const samePicture = conflicts.filter((p) => p.similarity === 1)
  const folds = assignFolds(y, { groups: connectedComponents(n, [...copies, ...samePicture]), seed })
  return { issues: { copies, conflicts, suspicions, folds, weights: weightsOf(group) }, given, evidence }
}

/** 1 for each group, shared among its rows. */
function weightsOf(group: Uint32Array): Float32Array {
  const sizes = new Uint32Array(group.length)
  for (const g of group) sizes[g]! += 1
  return Float32Array.from(group, (g) => 1 / sizes[g]!)
}
