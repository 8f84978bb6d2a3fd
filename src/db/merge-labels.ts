import { sql, type Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { requireLabel } from './labels.ts'
import type { Schema } from './schema.ts'
import { renameSuggested } from './suggested-labels.ts'
import { type Actor, isAtLeast } from './transitions.ts'

/** `as`: in which capacity `by` acts. */
type Merge = { from: Label; into: Label; by: string; as: Actor }

/**
 * Moves every example of one label to another, and deletes the first. Of a picture that both have, one example stays:
 * kept goes before excluded, excluded before withdrawn, and where neither is excluded it is vouched for if one of them was.
 * Only a picture that was excluded from the target stays excluded when a teacher merges: what reviewers decided, a
 * teacher does not undo.
 * @returns both names, examples that moved, and pictures that both had. Throws UserError label.not-found, label.same
 */
export function mergeLabels(db: Database, dataset: number, { from, into, by, as }: Merge) {
  return db.transaction().execute(async (t) => {
    const source = await requireLabel(t, dataset, from)
    const target = await requireLabel(t, dataset, into)
    if (source.id === target.id) throw new UserError('label.same', `Expected two labels, received ${source.name} twice`)
    const pair = { source: source.id, target: target.id }
    await joinVouched(t, pair)
    const replaced = await dropWeaker(t, pair, as)
    const moved = await moveAll(t, pair)
    const dropped = await t.deleteFrom('examples').where('label', '=', source.id).executeTakeFirst()
    await rememberMerge(t, pair)
    await renameSuggested(t, dataset, { from: source.name, to: target.name })
    await t.deleteFrom('labels').where('id', '=', source.id).execute()
    const inBoth = Number(dropped.numDeletedRows) + replaced
    const detail = { merged: source.name, into: target.name, moved: moved - replaced, inBoth }
    await recordChange(t, { dataset, by, action: 'labels merged', detail })
    return detail
  })
}

/** Ids of labels. */
type Pair = { source: number; target: number }

/** The example of the same picture under the source, as a condition on the row of `examples`. */
const sameUnder = (label: number) =>
  sql`select 1 from examples as other where other.label = ${label} and other.picture = examples.picture`

/** Whichever of two examples stays, what a reviewer said about one is said about it; withdrawing takes nothing of that back. */
async function joinVouched(t: Transaction<Schema>, { source, target }: Pair): Promise<void> {
  for (const [label, other] of [
    [target, source],
    [source, target],
  ] as const)
    await t
      .updateTable('examples')
      .set({ vouched: 1 })
      .where('label', '=', label)
      .where('state', '<>', 'excluded')
      .where(sql<boolean>`exists (${sameUnder(other)} and other.state <> 'excluded' and other.vouched = 1)`)
      .execute()
}

/** Deletes the target's examples that give way to the source's. @returns how many */
async function dropWeaker(t: Transaction<Schema>, { source, target }: Pair, as: Actor): Promise<number> {
  const replaceable = isAtLeast(as, 'reviewer') ? ['excluded', 'withdrawn'] : ['withdrawn']
  const { numDeletedRows } = await t
    .deleteFrom('examples')
    .where('label', '=', target)
    .where(sql<boolean>`examples.state in (${sql.join(replaceable)})`)
    .where(
      sql<boolean>`exists (${sameUnder(source)} and (other.state = 'kept' or
        (other.state = 'excluded' and examples.state = 'withdrawn')))`,
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** @returns how many */
async function moveAll(t: Transaction<Schema>, { source, target }: Pair): Promise<number> {
  const { numUpdatedRows } = await t
    .updateTable('examples')
    .set({ label: target })
    .where('label', '=', source)
    .where(sql<boolean>`not exists (${sameUnder(target)})`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** So that versions which were trained before answer with the target. */
async function rememberMerge(t: Transaction<Schema>, { source, target }: Pair): Promise<void> {
  await t.updateTable('label_merges').set({ target }).where('target', '=', source).execute()
  await t.insertInto('label_merges').values({ label: source, target }).execute()
}
