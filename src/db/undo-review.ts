import type { Selectable, Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import { parseLabel } from '../label.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { ExampleBefore, type ExampleRow, findUnder, isUnchanged, readExampleRows } from './decisions.ts'
import { deleteEmptyLabels, upsertLabel } from './labels.ts'
import type { Schema } from './schema.ts'

type Review = Selectable<Schema['reviews']>

/**
 * `waited`: the decision was never carried out, so that its example is what it was. `together`: of decisions that were made
 * together, the examples that are what they were, and those that stay since somebody changed them.
 */
type Undone = { example: number; waited: boolean; together?: { undone: number[]; left: number[] } }

/**
 * Takes a reviewer's last decision back, whether it was carried out or waits, and those that were made together with it.
 * Decisions about deleted pictures are passed over.
 * @returns undefined where there is none
 * Throws UserError review.changed where somebody changed the example since; the next call goes on with the decision before
 */
export async function undoLast(db: Database, dataset: number, by: string): Promise<Undone | undefined> {
  const undone = await db.transaction().execute(async (t) => {
    const last = await findLast(t, dataset, by)
    if (!last) return undefined
    if (last.batch !== null) return undoTogether(t, dataset, { by, batch: last.batch })
    const { example } = last
    return { example, waited: last.before === null, isUndone: await undoReview(t, dataset, { review: last, by }) }
  })
  // Thrown only now: that the decision is settled stays written.
  if (undone && !undone.isUndone)
    throw new UserError(
      'review.changed',
      `Expected #${undone.example} as you decided, found it changed since: decide about it anew if it is wrong`,
      { example: undone.example },
    )
  if (!undone) return undefined
  const { isUndone: _, ...rest } = undone
  return rest
}

type OneOf = { review: Review; by: string }

/** Takes one decision back, whoever made it, in the name of `by`. @returns false where the example has changed since */
export async function undoReview(t: Transaction<Schema>, dataset: number, { review, by }: OneOf): Promise<boolean> {
  const { id, example, decision, before } = review
  const isUndone = before === null || (await takeBack(t, dataset, { review, json: before }))
  const state = isUndone ? 'undone' : 'superseded'
  await t.updateTable('reviews').set({ state }).where('id', '=', id).execute()
  // No training follows where nothing was changed (example-changes.ts).
  const detail = before === null ? { example, decision, waited: true } : { example, decision }
  if (isUndone) await recordChange(t, { dataset, by, action: 'review undone', detail })
  return isUndone
}

type Together = { by: string; batch: string }

/** As many as people look at together are few. */
async function undoTogether(t: Transaction<Schema>, dataset: number, { by, batch }: Together) {
  const reviews = await t
    .selectFrom('reviews')
    .selectAll()
    .where('batch', '=', batch)
    .where('by', '=', by)
    .where('state', 'in', ['waiting', 'done'])
    .orderBy('id', 'desc')
    .execute()
  const together: { undone: number[]; left: number[] } = { undone: [], left: [] }
  for (const review of reviews) {
    const isUndone = await undoReview(t, dataset, { review, by })
    together[isUndone ? 'undone' : 'left'].push(review.example)
  }
  const waited = reviews.every((review) => review.before === null)
  return { example: reviews[0]?.example ?? 0, waited, isUndone: together.undone.length > 0, together }
}

const findLast = (t: Transaction<Schema>, dataset: number, by: string): Promise<Review | undefined> =>
  t
    .selectFrom('reviews')
    .selectAll()
    .where('dataset', '=', dataset)
    .where('by', '=', by)
    .where('state', 'in', ['waiting', 'done'])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('examples')
          .select('id')
          .whereRef('examples.id', '=', 'reviews.example')
          .where('examples.state', '<>', 'deleted'),
      ),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Makes an example again what it was. @returns false where it is no longer what the decision made of it */
async function takeBack(
  t: Transaction<Schema>,
  dataset: number,
  { review, json }: { review: Review; json: string },
): Promise<boolean> {
  const { example, decision } = review
  const before = ExampleBefore.parse(JSON.parse(json))
  const row = (await readExampleRows(t, dataset, [example])).get(example)
  if (!row || !isUnchanged(decision, before, row) || (await hasNewer(t, review))) return false
  const { state, vouched } = before
  const label =
    decision === 'move' && before.after?.labelId !== before.labelId
      ? await moveBack(t, dataset, { row, before })
      : row.labelId
  if (label === undefined) return false
  await t.updateTable('examples').set({ state, vouched, label }).where('id', '=', example).execute()
  if (decision === 'move') await deleteEmptyLabels(t, dataset)
  return true
}

async function hasNewer(t: Transaction<Schema>, { id, example }: Review): Promise<boolean> {
  const newer = await t
    .selectFrom('reviews')
    .select('id')
    .where('example', '=', example)
    .where('state', '=', 'done')
    .where('id', '>', id)
    .limit(1)
    .executeTakeFirst()
  return newer !== undefined
}

/** The id of the label that an example had, whatever it is called now; undefined where that has the picture already. */
async function moveBack(
  t: Transaction<Schema>,
  dataset: number,
  { row, before }: { row: ExampleRow; before: ExampleBefore },
): Promise<number | undefined> {
  const label = (await findLabelNow(t, before.labelId)) ?? (await upsertLabel(t, dataset, parseLabel(before.label)))
  const same = (await findUnder(t, label, [row.picture])).get(row.picture)
  return same && same.id !== row.id ? undefined : label
}

/** The label of an id, or the one that it was merged into. */
async function findLabelNow(t: Transaction<Schema>, id: number | undefined): Promise<number | undefined> {
  if (id === undefined) return undefined
  const merged = await t.selectFrom('label_merges').select('target').where('label', '=', id).limit(1).executeTakeFirst()
  const query = t
    .selectFrom('labels')
    .select('id')
    .where('id', '=', merged?.target ?? id)
    .where('deleted_at', 'is', null)
  return (await query.limit(1).executeTakeFirst())?.id
}
