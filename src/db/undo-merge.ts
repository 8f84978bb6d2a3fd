import { UserError } from '../errors.ts'
import { BATCH } from './chunks.ts'
import { sql, type Transaction } from './kysely.ts'
import { addHiddenLabel } from './labels.ts'
import type { LivingState, Schema } from './schema.ts'

/** `id`: of a label that was merged into `into`. */
type Merged = { id: number; deletedAt: string; into: number; redirected: number[] }

/** Examples that are the label's again, and those that stay where they are since somebody changed them meanwhile. */
type Unmerged = { examples: number; left: number }

/**
 * Makes the examples of two labels again what they were before one was merged into the other. What somebody moved or decided
 * about since stays; what was only withdrawn, or put back, is moved and stays so.
 * Throws UserError label.merged-since where the other label was deleted or merged itself
 */
export async function undoMerge(t: Transaction<Schema>, dataset: number, merged: Merged): Promise<Unmerged> {
  await requireTarget(t, merged.into)
  const aside = await addHiddenLabel(t, dataset, 'aside')
  const all = await countMoved(t, merged.id)
  const examples = (await moveBack(t, merged, aside)) + (await bringBackDropped(t, merged, aside))
  // What the other label has again, since somebody decided about it there.
  for (const label of [aside, merged.id])
    await t.deleteFrom('examples').where('label', '=', label).where('state', '=', 'deleted').execute()
  await t.deleteFrom('labels').where('id', '=', aside).execute()
  await t.deleteFrom('merged_examples').where('label', '=', merged.id).execute()
  await t.deleteFrom('label_merges').where('label', '=', merged.id).execute()
  if (merged.redirected.length > 0)
    await t
      .updateTable('label_merges')
      .set({ target: merged.id })
      .where('label', 'in', merged.redirected)
      .where('target', '=', merged.into)
      .execute()
  return { examples, left: Math.max(0, all - examples) }
}

async function requireTarget(t: Transaction<Schema>, id: number): Promise<void> {
  const target = await t
    .selectFrom('labels')
    .select(['name', 'deleted_at'])
    .where('id', '=', id)
    .limit(1)
    .executeTakeFirst()
  if (target && target.deleted_at !== null)
    throw new UserError(
      'label.merged-since',
      `Expected a label whose pictures are under one that is there, received one of ${target.name}, which was deleted since: bring that back first`,
      { label: target.name },
    )
}

async function countMoved(t: Transaction<Schema>, label: number): Promise<number> {
  const query = t
    .selectFrom('merged_examples')
    .select((e) => e.fn.countAll<number>().as('examples'))
    .where('label', '=', label)
    .where('before_label', '=', label)
  return (await query.executeTakeFirstOrThrow()).examples
}

/** An example now, and what it was. */
type Row = {
  example: number
  state: LivingState | 'deleted'
  stateBefore: LivingState | null
  beforeLabel: number
  beforeState: LivingState
  beforeVouched: number
  afterState: LivingState | 'deleted'
}

/**
 * What was dropped is laid aside, what was moved goes back: only then is there room for the rest.
 * @returns how many are the merged label's again
 */
async function moveBack(t: Transaction<Schema>, merged: Merged, aside: number): Promise<number> {
  let examples = 0
  for (let last = 0; ; ) {
    const rows = await readUnchanged(t, merged, last)
    const dropped = rows.filter(({ state }) => state === 'deleted')
    if (dropped.length > 0)
      await t
        .updateTable('examples')
        .set({ label: aside })
        .where(
          'id',
          'in',
          dropped.map((row) => row.example),
        )
        .execute()
    const moved = rows.filter(({ state }) => state !== 'deleted')
    await makeAsBefore(t, moved)
    examples += moved.filter(({ beforeLabel }) => beforeLabel === merged.id).length
    if (rows.length < BATCH) return examples
    last = rows.at(-1)?.example ?? last
  }
}

/** Those that are what merging made of them, ascending; withdrawing and putting back has nothing to do with the label. */
async function readUnchanged(t: Transaction<Schema>, { id, deletedAt }: Merged, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select example, examples.state, state_before as "stateBefore", before_label as "beforeLabel",
      before_state as "beforeState", before_vouched as "beforeVouched", after_state as "afterState"
    from merged_examples join examples on examples.id = example
    where merged_examples.label = ${id} and example > ${after}
      and examples.label = after_label and examples.vouched = after_vouched
      and (examples.state = after_state or (examples.state in ('kept', 'withdrawn') and after_state in ('kept', 'withdrawn')))
      and not exists (select 1 from reviews
        where reviews.example = examples.id and reviews.state = 'done' and reviews.at > ${deletedAt})
    order by example limit ${BATCH}`.execute(t)
  return rows
}

/** @returns how many are the merged label's again */
async function bringBackDropped(t: Transaction<Schema>, merged: Merged, aside: number): Promise<number> {
  let examples = 0
  for (let last = 0; ; ) {
    const { rows } = await sql<Row>`
      select example, examples.state, state_before as "stateBefore", before_label as "beforeLabel",
        before_state as "beforeState", before_vouched as "beforeVouched", after_state as "afterState"
      from merged_examples join examples on examples.id = example
      where merged_examples.label = ${merged.id} and example > ${last} and examples.label = ${aside}
        and not exists (select 1 from examples as other
          where other.label = before_label and other.picture = examples.picture)
      order by example limit ${BATCH}`.execute(t)
    await makeAsBefore(t, rows)
    examples += rows.filter(({ beforeLabel }) => beforeLabel === merged.id).length
    if (rows.length < BATCH) return examples
    last = rows.at(-1)?.example ?? last
  }
}

/** As many as are alike with one statement. */
async function makeAsBefore(t: Transaction<Schema>, rows: Row[]): Promise<void> {
  const alike = Map.groupBy(rows, (row) => `${row.beforeLabel} ${stateOf(row)} ${row.beforeVouched}`)
  for (const some of alike.values()) {
    const [first] = some
    if (!first) continue
    const { beforeLabel: label, beforeVouched: vouched } = first
    const ids = some.map((row) => row.example)
    await t
      .updateTable('examples')
      .set({ label, vouched, state: stateOf(first), state_before: null })
      .where('id', 'in', ids)
      .execute()
  }
}

function stateOf({ state, stateBefore, beforeState, afterState }: Row): LivingState {
  if (state === 'deleted') return stateBefore ?? beforeState
  return state === afterState ? beforeState : state
}
