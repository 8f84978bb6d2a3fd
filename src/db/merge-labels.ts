import type { Kysely, Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { addHiddenLabel, hideLabel, requireLabel } from './labels.ts'
import { moveExamples, type Pair } from './move-examples.ts'
import type { Schema } from './schema.ts'
import { renameSuggested } from './suggested-labels.ts'
import { changeDataset } from './transactions.ts'
import type { Actor } from './transitions.ts'

/** `as`: in which capacity `by` acts. */
type Merge = { from: Label; into: Label; by: string; as: Actor }

/**
 * Moves every example of one label to another, and deletes the first; for a while, that can be undone (undo-merge.ts). Of a
 * picture that both have, one example stays: kept goes before excluded, excluded before withdrawn, and where neither is
 * excluded it is vouched for if one of them was. Only a picture that was excluded from the target stays excluded when a
 * teacher merges: what reviewers decided, a teacher does not undo.
 * @returns both names, examples that moved, and pictures that both had. Throws UserError label.not-found, label.same
 */
export function mergeLabels(db: Database, dataset: number, { from, into, by, as }: Merge) {
  return changeDataset(db, dataset, async (t) => {
    const source = await requireLabel(t, dataset, from)
    const target = await requireLabel(t, dataset, into)
    if (source.id === target.id) throw new UserError('label.same', `Expected two labels, received ${source.name} twice`)
    const pair = { source: source.id, target: target.id }
    const aside = await addHiddenLabel(t, dataset, 'aside')
    const { moved, inBoth } = await moveExamples(t, pair, { as, aside })
    await t.deleteFrom('labels').where('id', '=', aside).execute()
    const redirected = await rememberMerge(t, pair)
    await renameSuggested(t, dataset, { from: source.name, to: target.name })
    await hideLabel(t, source.id, { as, into: target.id, redirected })
    const detail = { merged: source.name, into: target.name, moved, inBoth }
    await recordChange(t, { dataset, by, action: 'labels merged', detail: { ...detail, id: source.id } })
    return { ...detail, id: source.id }
  })
}

/** So that versions which were trained before answer with the target. @returns labels that had been merged into the source */
export async function rememberMerge(t: Transaction<Schema>, { source, target }: Pair): Promise<number[]> {
  const rows = await t
    .updateTable('label_merges')
    .set({ target })
    .where('target', '=', source)
    .returning('label')
    .execute()
  await t.insertInto('label_merges').values({ label: source, target }).execute()
  return rows.map((row) => row.label)
}

/** Labels that were merged into one: what was trained before knows them. */
export async function listMergedInto(db: Kysely<Schema>, label: number): Promise<number[]> {
  const rows = await db.selectFrom('label_merges').select('label').where('target', '=', label).execute()
  return rows.map((row) => row.label)
}
