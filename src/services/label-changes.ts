import { readServerLimits } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { type RestoredLabel, restoreLabel } from '../db/deleted-labels.ts'
import { removeExamples } from '../db/examples.ts'
import { deleteLabel, renameLabel } from '../db/labels.ts'
import { mergeLabels } from '../db/merge-labels.ts'
import type { Actor } from '../db/transitions.ts'
import type { Label } from '../label.ts'

// What was decided about a label is true in the next answer (active-classifier.ts), and a training follows.

type Deletion = { label: Label; by: string; as: Actor; mark?: string }

/** @returns its id, and how many examples it had. Throws UserError label.not-found, label.decided, confirm.changed */
export async function removeLabel({ db, events }: ServiceContext, dataset: number, deletion: Deletion) {
  const deleted = await deleteLabel(db, dataset, deletion)
  events.emit('examplesChanged', dataset, Math.max(1, deleted.examples))
  return deleted
}

/** `label`: its name, or its id. */
type Restoring = { label: Label | number; by: string; as: Actor }

/** Brings back what was deleted or merged. Throws UserError label.not-deleted, label.deleted-by, label.merged-since, limit.labels */
export async function bringLabelBack(
  { db, events }: ServiceContext,
  dataset: number,
  restoring: Restoring,
): Promise<RestoredLabel> {
  const restored = await restoreLabel(db, dataset, { ...restoring, limits: readServerLimits() })
  events.emit('examplesChanged', dataset, Math.max(1, restored.examples))
  return restored
}

type Renaming = { from: Label; to: Label; by: string }

/** Throws UserError label.not-found, label.exists */
export async function giveLabelName({ db, events }: ServiceContext, dataset: number, renaming: Renaming) {
  const { examples, ...names } = await renameLabel(db, dataset, renaming)
  events.emit('examplesChanged', dataset, Math.max(1, examples))
  return names
}

type Merge = { from: Label; into: Label; by: string; as: Actor }

/** Throws UserError label.not-found, label.same */
export async function joinLabels({ db, events }: ServiceContext, dataset: number, merge: Merge) {
  const merged = await mergeLabels(db, dataset, merge)
  events.emit('examplesChanged', dataset, Math.max(1, merged.moved + merged.inBoth))
  return merged
}

/** `examples`: by id. */
type Removal = { label: Label; examples: number[]; by: string; as: Actor }

/** Removes from a label those of some examples that it still has. @returns how many; `refused`: about which reviewers decided */
export async function removeManyFromLabel({ db, events }: ServiceContext, dataset: number, removal: Removal) {
  const { removed, refused } = await removeExamples(db, dataset, removal)
  if (removed > 0) events.emit('examplesChanged', dataset, removed)
  return { removed, refused }
}
