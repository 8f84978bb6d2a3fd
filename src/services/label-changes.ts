import type { ServiceContext } from '../context.ts'
import { deleteLabel, renameLabel } from '../db/labels.ts'
import { mergeLabels } from '../db/merge-labels.ts'
import type { Actor } from '../db/transitions.ts'
import type { Label } from '../label.ts'

// What was decided about a label is true in the next answer (active-classifier.ts), and a training follows.

type Deletion = { label: Label; by: string; as: Actor }

/** @returns how many examples it had. Throws UserError label.not-found, label.decided */
export async function removeLabel({ db, events }: ServiceContext, dataset: number, deletion: Deletion) {
  const examples = await deleteLabel(db, dataset, deletion)
  events.emit('examplesChanged', dataset, Math.max(1, examples))
  return examples
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
