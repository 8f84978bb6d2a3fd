import type { Selectable, Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import { parseLabel } from '../label.ts'
import { tooMany } from './admission.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { ExampleBefore, type ExampleRow, findUnder, isUnchanged, readExampleRows } from './decisions.ts'
import { deleteEmptyLabels, findLabel, upsertLabel } from './labels.ts'
import type { Schema } from './schema.ts'
import { type Limits, readLabelRoom } from './server-limits.ts'
import { changeDataset } from './transactions.ts'
import { undoSome } from './undo-change.ts'

type Review = Selectable<Schema['reviews']>

/**
 * `waited`: the decision was never carried out, so that its example is what it was. `together`: of decisions that were made
 * together, the examples that are what they were, and those that stay since somebody changed them.
 */
type Undone = { example: number; waited: boolean; together?: { undone: number[]; left: number[] } }

/** `limits`: what a server may have for which nothing was set. */
type Undoing = { by: string; limits?: Limits | undefined }

/**
 * Takes a reviewer's last decision back, whether it was carried out or waits, and those that were made together with it.
 * Decisions about deleted pictures are passed over.
 * @returns undefined where there is none
 * Throws UserError review.changed where somebody changed the example since; the next call goes on with the decision before.
 * Throws UserError limit.labels where a label would come back for which there is no room: the decision stays
 */
export async function undoLast(db: Database, dataset: number, undoing: Undoing): Promise<Undone | undefined> {
  const { by, limits } = undoing
  const { alone, together } = await changeDataset(db, dataset, async (t) => {
    const last = await findLast(t, dataset, by)
    if (!last) return { alone: undefined }
    const { example, batch } = last
    if (batch !== null) return { together: { example, batch } }
    const isUndone = await undoReview(t, dataset, { review: last, by, limits })
    return { alone: { example, waited: last.before === null, isUndone } }
  })
  const undone = together ? await undoTogether(db, dataset, { ...undoing, ...together }) : alone
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

type OneOf = Undoing & { review: Review }

/**
 * Takes one decision back, whoever made it, in the name of `by`. @returns false where the example has changed since
 * Throws UserError limit.labels before anything is changed
 */
export async function undoReview(t: Transaction<Schema>, dataset: number, undoing: OneOf): Promise<boolean> {
  const { review, by, limits = {} } = undoing
  const { id, example, decision, before } = review
  const isUndone = before === null || (await takeBack(t, dataset, { review, json: before, limits }))
  await settleReview(t, id, isUndone ? 'undone' : 'superseded')
  // No training follows where nothing was changed (example-changes.ts).
  const detail = before === null ? { example, decision, waited: true } : { example, decision }
  if (isUndone) await recordChange(t, { dataset, by, action: 'review undone', detail })
  return isUndone
}

/** `superseded`: it cannot be taken back, now or later. */
export async function settleReview(t: Transaction<Schema>, id: number, state: 'undone' | 'superseded'): Promise<void> {
  await t.updateTable('reviews').set({ state }).where('id', '=', id).execute()
}

type Together = Undoing & { example: number; batch: string }

/** Those that were made together may be very many. */
async function undoTogether(db: Database, dataset: number, { example, batch, ...undoing }: Together) {
  const together: { undone: number[]; left: number[] } = { undone: [], left: [] }
  let waited = 0
  for (let before: number | undefined = Number.MAX_SAFE_INTEGER; before !== undefined; ) {
    const some: Awaited<ReturnType<typeof undoSome>> = await undoSome(db, dataset, {
      ...undoing,
      change: batch,
      before,
    })
    for (const id of some.undone) together.undone.push(id)
    for (const id of some.left) together.left.push(id)
    waited += some.waited
    before = some.last
  }
  const isUndone = together.undone.length > 0
  return { example, waited: isUndone && waited === together.undone.length, isUndone, together }
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
  { review, json, limits }: { review: Review; json: string; limits: Limits },
): Promise<boolean> {
  const { example, decision } = review
  const before = ExampleBefore.parse(JSON.parse(json))
  const row = (await readExampleRows(t, dataset, [example])).get(example)
  if (!row || !isUnchanged(decision, before, row) || (await hasNewer(t, review))) return false
  const { state, vouched } = before
  const label =
    decision === 'move' && before.after?.labelId !== before.labelId
      ? await moveBack(t, dataset, { row, before, limits })
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
  { row, before, limits }: { row: ExampleRow; before: ExampleBefore; limits: Limits },
): Promise<number | undefined> {
  const label = (await findLabelNow(t, before.labelId)) ?? (await makeLabel(t, dataset, { row, before, limits }))
  const same = (await findUnder(t, label, [row.picture])).get(row.picture)
  return same && same.id !== row.id ? undefined : label
}

/** The label that an example had once more. Throws UserError limit.labels where there is no room for it */
async function makeLabel(
  t: Transaction<Schema>,
  dataset: number,
  { row, before, limits }: { row: ExampleRow; before: ExampleBefore; limits: Limits },
): Promise<number> {
  const label = parseLabel(before.label)
  const found = await findLabel(t, dataset, label)
  if (found) return found.id
  const room = await readLabelRoom(t, dataset, limits)
  // The label that it leaves goes where it has nothing else.
  if (room && room.left + ((await hasOthers(t, row)) ? 0 : 1) <= 0) throw tooMany('labels', room.max)
  return upsertLabel(t, dataset, label)
}

async function hasOthers(t: Transaction<Schema>, { id, labelId }: ExampleRow): Promise<boolean> {
  const query = t.selectFrom('examples').select('id').where('label', '=', labelId).where('id', '<>', id)
  return (await query.limit(1).executeTakeFirst()) !== undefined
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
