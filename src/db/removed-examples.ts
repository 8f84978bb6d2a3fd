import { UserError } from '../errors.ts'
import { parseLabel } from '../label.ts'
import { withinLabelLimit } from './admission.ts'
import { recordChanges } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { type ExampleRow, readExampleRows } from './decisions.ts'
import { sql, type Transaction } from './kysely.ts'
import { addHiddenLabel, Deletion, deleteEmptyLabels, hiddenKey } from './labels.ts'
import { reviveLabel } from './revive-label.ts'
import type { LivingState, Schema } from './schema.ts'
import type { Limits } from './server-limits.ts'
import { changeDataset } from './transactions.ts'
import { type Actor, isAtLeast, outcomeOf, rankOf, standingOf } from './transitions.ts'

// What is removed from labels many at once can be brought back: until then it lies under a hidden label, as what was deleted
// with its label does, and is deleted for good with that (sweep-labels.ts).

/** `change`: names what is removed, and brought back, together. `as`: in which capacity `by` acts. */
type Removal = { examples: readonly number[]; by: string; as: Actor; change: string }

/** Removes some examples, at most `BATCH`, from their labels. @returns how many it removed, and how many `as` may not remove */
export function removeForNow(
  db: Database,
  dataset: number,
  { examples, by, as, change }: Removal,
): Promise<{ removed: number; refused: number }> {
  return changeDataset(db, dataset, async (t) => {
    const rows = [...(await readExampleRows(t, dataset, examples)).values()]
    const allowed = rows.filter((row) => outcomeOf('remove', standingOf(row), as) !== undefined)
    const refused = rows.length - allowed.length
    if (allowed.length === 0) return { removed: 0, refused }
    const { id: hidden, deletion } = await hiddenLabelOf(t, dataset, { change, as })
    await rememberNames(t, { id: hidden, deletion }, allowed)
    const ids = sql.join(allowed.map((row) => row.id))
    await sql`insert into merged_examples (label, example, before_label, before_state, before_vouched,
        after_label, after_state, after_vouched)
      select ${hidden}, id, label, state, vouched, ${hidden}, 'deleted', vouched from examples where id in (${ids})`.execute(
      t,
    )
    await sql`update examples set label = ${hidden}, state = 'deleted', state_before = state where id in (${ids})`.execute(
      t,
    )
    await deleteEmptyLabels(t, dataset)
    const details = allowed.map(({ id, label }) => ({ label, example: id }))
    await recordChanges(t, { dataset, by, action: 'unfiled' }, details)
    return { removed: allowed.length, refused }
  })
}

/** A label that stands for what was removed together. */
type Hidden = { id: number; deletion: Deletion }

async function hiddenLabelOf(
  t: Transaction<Schema>,
  dataset: number,
  { change, as }: Pick<Removal, 'change' | 'as'>,
): Promise<Hidden> {
  const found = await findHidden(t, dataset, change)
  if (found) return { id: found.id, deletion: Deletion.parse(JSON.parse(found.deletion ?? '')) }
  const id = await addHiddenLabel(t, dataset, change)
  const deletion: Deletion = { as: rankOf(as), redirected: [], key: hiddenKey(change), removedFrom: {} }
  await t.updateTable('labels').set({ deleted_at: new Date().toISOString() }).where('id', '=', id).execute()
  return { id, deletion }
}

const findHidden = (t: Transaction<Schema>, dataset: number, change: string) =>
  t
    .selectFrom('labels')
    .select(['id', 'deletion'])
    .where('dataset', '=', dataset)
    .where('key', '=', hiddenKey(change))
    .where('deleted_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()

/** What labels are called that may go with their last example. */
async function rememberNames(t: Transaction<Schema>, { id, deletion }: Hidden, rows: ExampleRow[]): Promise<void> {
  const names = Object.fromEntries(rows.map((row) => [String(row.labelId), row.label]))
  const removedFrom = { ...deletion.removedFrom, ...names }
  await t
    .updateTable('labels')
    .set({ deletion: JSON.stringify({ ...deletion, removedFrom }) })
    .where('id', '=', id)
    .execute()
}

type Undoing = { change: string; by: string; as: Actor; limits?: Limits; after: number }
/** `last`: the example after which the next call goes on; undefined: there are no more. */
type BroughtBack = { undone: number; left: number; last: number | undefined }

/**
 * Brings some of what was removed together back, and makes it what it was; what somebody added again meanwhile, or whose label
 * was deleted, stays away. @returns undefined where nothing was removed by that name
 * Throws UserError label.deleted-by where `as` may not, limit.labels
 */
export function bringSomeBack(
  db: Database,
  dataset: number,
  { change, by, as, limits = {}, after }: Undoing,
): Promise<BroughtBack | undefined> {
  return changeDataset(db, dataset, (t) =>
    withinLabelLimit(t, { dataset, limits }, async () => {
      const hidden = await findHidden(t, dataset, change)
      if (!hidden) return undefined
      const { as: least, removedFrom = {} } = Deletion.parse(JSON.parse(hidden.deletion ?? ''))
      if (!isAtLeast(as, least))
        throw new UserError('label.deleted-by', `Expected a ${least}, as who removed them, received a ${as}`, {
          as: least,
        })
      const rows = await readRemoved(t, hidden.id, after)
      const back: { example: number; label: string }[] = []
      for (const [id, some] of Map.groupBy(rows, (row) => row.beforeLabel)) {
        const name = removedFrom[id] ?? String(id)
        const label = await reviveLabel(t, dataset, { id, label: parseLabel(name) })
        for (const example of await putBack(t, { hidden: hidden.id, label, rows: some }))
          back.push({ example, label: name })
      }
      await recordChanges(t, { dataset, by, action: 'restored' }, back)
      await deleteIfEmpty(t, hidden.id)
      const last = rows.length < BATCH ? undefined : rows.at(-1)?.example
      return { undone: back.length, left: rows.length - back.length, last }
    }),
  )
}

type Removed = { example: number; beforeLabel: number; state: LivingState; vouched: number }

/** Withdrawing, or putting back, meanwhile counts (`state_before`). */
async function readRemoved(t: Transaction<Schema>, hidden: number, after: number): Promise<Removed[]> {
  const { rows } = await sql<Removed>`
    select example, before_label as "beforeLabel", coalesce(state_before, before_state) as state, before_vouched as vouched
    from merged_examples join examples on examples.id = example
    where merged_examples.label = ${hidden} and example > ${after} and examples.label = ${hidden}
    order by example limit ${BATCH}`.execute(t)
  return rows
}

/** @returns those that the label does not have again by now */
async function putBack(
  t: Transaction<Schema>,
  { hidden, label, rows }: { hidden: number; label: number; rows: Removed[] },
): Promise<number[]> {
  const back: number[] = []
  for (const alike of Map.groupBy(rows, ({ state, vouched }) => `${state} ${vouched}`).values()) {
    const [first] = alike
    if (!first) continue
    const ids = sql.join(alike.map((row) => row.example))
    const { rows: changed } = await sql<{ id: number }>`
      update examples set label = ${label}, state = ${first.state}, vouched = ${first.vouched}, state_before = null
      where id in (${ids}) and not exists (select 1 from examples as other
        where other.label = ${label} and other.picture = examples.picture) returning id`.execute(t)
    back.push(...changed.map((row) => row.id))
  }
  if (back.length > 0)
    await t.deleteFrom('merged_examples').where('label', '=', hidden).where('example', 'in', back).execute()
  return back
}

async function deleteIfEmpty(t: Transaction<Schema>, hidden: number): Promise<void> {
  const left = await t.selectFrom('examples').select('id').where('label', '=', hidden).limit(1).executeTakeFirst()
  if (!left) await t.deleteFrom('labels').where('id', '=', hidden).execute()
}
