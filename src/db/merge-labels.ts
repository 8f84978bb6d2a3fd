import { UserError } from '../errors.ts'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { sql, type Transaction } from './kysely.ts'
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
    const { moved, inBoth } = await moveExamples(t, pair, as)
    await rememberMerge(t, pair)
    await renameSuggested(t, dataset, { from: source.name, to: target.name })
    await t.deleteFrom('labels').where('id', '=', source.id).execute()
    const detail = { merged: source.name, into: target.name, moved, inBoth }
    await recordChange(t, { dataset, by, action: 'labels merged', detail })
    return detail
  })
}

/** Ids of labels. */
type Pair = { source: number; target: number }

/**
 * Moves the source's examples, or drops them where the target's stay: some at a time, so that no statement takes long. All of
 * them are in one transaction: labels that are merged in part are never seen.
 */
async function moveExamples(t: Transaction<Schema>, pair: Pair, as: Actor): Promise<{ moved: number; inBoth: number }> {
  const next = t.selectFrom('examples').select('picture').where('label', '=', pair.source).limit(BATCH)
  for (let moved = 0, inBoth = 0; ; ) {
    const pictures = (await next.execute()).map((row) => row.picture)
    if (pictures.length === 0) return { moved, inBoth }
    const some = { ...pair, pictures }
    await joinVouched(t, some)
    const replaced = await dropWeaker(t, some, as)
    moved += (await moveNew(t, some)) - replaced
    inBoth += (await dropRest(t, some)) + replaced
  }
}

/** `pictures`: the ids of those that the source has and that a statement is about. */
type Some = Pair & { pictures: number[] }

/** The example of the same picture under a label, as a condition on the row of `examples`. */
const sameUnder = (label: number) =>
  sql`select 1 from examples as other where other.label = ${label} and other.picture = examples.picture`

/** Whichever of two examples stays, what a reviewer said about one is said about it; withdrawing takes nothing of that back. */
async function joinVouched(t: Transaction<Schema>, { source, target, pictures }: Some): Promise<void> {
  for (const [label, other] of [
    [target, source],
    [source, target],
  ] as const)
    await t
      .updateTable('examples')
      .set({ vouched: 1 })
      .where('picture', 'in', pictures)
      .where('label', '=', label)
      .where('state', '<>', 'excluded')
      .where(sql<boolean>`exists (${sameUnder(other)} and other.state <> 'excluded' and other.vouched = 1)`)
      .execute()
}

/** Deletes the target's examples that give way to the source's. @returns how many */
async function dropWeaker(t: Transaction<Schema>, { source, target, pictures }: Some, as: Actor): Promise<number> {
  const replaceable = isAtLeast(as, 'reviewer') ? ['excluded', 'withdrawn'] : ['withdrawn']
  const { numDeletedRows } = await t
    .deleteFrom('examples')
    .where('picture', 'in', pictures)
    .where('label', '=', target)
    .where(sql<boolean>`examples.state in (${sql.join(replaceable)})`)
    .where(
      sql<boolean>`exists (${sameUnder(source)} and (other.state = 'kept' or
        (other.state = 'excluded' and examples.state = 'withdrawn')))`,
    )
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** Moves what the target does not have. @returns how many */
async function moveNew(t: Transaction<Schema>, { source, target, pictures }: Some): Promise<number> {
  const { numUpdatedRows } = await t
    .updateTable('examples')
    .set({ label: target })
    .where('picture', 'in', pictures)
    .where('label', '=', source)
    .where(sql<boolean>`not exists (${sameUnder(target)})`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Deletes what the target has. @returns how many */
async function dropRest(t: Transaction<Schema>, { source, pictures }: Some): Promise<number> {
  const { numDeletedRows } = await t
    .deleteFrom('examples')
    .where('picture', 'in', pictures)
    .where('label', '=', source)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** So that versions which were trained before answer with the target. */
async function rememberMerge(t: Transaction<Schema>, { source, target }: Pair): Promise<void> {
  await t.updateTable('label_merges').set({ target }).where('target', '=', source).execute()
  await t.insertInto('label_merges').values({ label: source, target }).execute()
}
