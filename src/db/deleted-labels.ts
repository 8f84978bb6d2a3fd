import { UserError } from '../errors.ts'
import { type Label, parseLabel } from '../label.ts'
import { withinLabelLimit } from './admission.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { sql, type Transaction } from './kysely.ts'
import { Deletion, deleteEmptyLabels, HIDDEN_AT_ONCE } from './labels.ts'
import { rememberMerge } from './merge-labels.ts'
import { moveExamples } from './move-examples.ts'
import type { Schema } from './schema.ts'
import type { Limits } from './server-limits.ts'
import { changeDataset } from './transactions.ts'
import { type Actor, isAtLeast } from './transitions.ts'
import { UNDO_DAYS, undoEnd } from './undo-days.ts'
import { undoMerge } from './undo-merge.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** `into`: what a merged label was merged into. `daysLeft`: in which it can be brought back, from 1. */
export type DeletedLabel = { id: number; label: string; examples: number; into: string | null; daysLeft: number }

/** Others stand for examples that were removed together (removed-examples.ts). */
const isLabel = sql<boolean>`json_extract(deletion, '$.removedFrom') is null`

/** Labels that can be brought back, the last one first. */
export async function listDeletedLabels(db: Database, dataset: number, now = Date.now()): Promise<DeletedLabel[]> {
  const rows = await db
    .selectFrom('labels')
    .select(['id', 'name', 'deleted_at'])
    .select(
      sql<
        string | null
      >`(select name from labels as other where other.id = cast(json_extract(labels.deletion, '$.into') as bigint))`.as(
        'into',
      ),
    )
    .select(
      sql<number>`case when json_extract(deletion, '$.into') is null
        then (select count(*) from examples where examples.label = labels.id)
        else (select count(*) from merged_examples where merged_examples.label = labels.id and before_label = labels.id) end`.as(
        'examples',
      ),
    )
    .where('dataset', '=', dataset)
    .where('deleted_at', '>', undoEnd(now).toISOString())
    .where(isLabel)
    .orderBy('deleted_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ id, name, deleted_at, into, examples }) => {
    const age = now - Date.parse(deleted_at ?? '')
    return { id, label: name, examples, into, daysLeft: Math.max(1, Math.ceil(UNDO_DAYS - age / DAY_MS)) }
  })
}

/** `label`: its name, or its id. `as`: in which capacity `by` acts. `limits`: of a server for which nothing was set. */
type Restoring = { label: Label | number; by: string; as: Actor; limits?: Limits | undefined }

/**
 * `examples`: that it has again. `left`: of a merged one, those that somebody changed since, and that stay where they are.
 * `joined`: of a label of the same name that was made meanwhile.
 */
export type RestoredLabel = { restored: string; examples: number; left: number; joined: number }

/**
 * Brings back the label of a name that was deleted, or merged, last: with its pictures, and what they were. Where another one
 * has its name by now, the two are joined.
 * Throws UserError label.not-deleted, label.deleted-by where `as` may not, label.merged-since, limit.labels
 */
export function restoreLabel(db: Database, dataset: number, restoring: Restoring): Promise<RestoredLabel> {
  const { limits = {} } = restoring
  return changeDataset(db, dataset, (t) =>
    withinLabelLimit(t, { dataset, limits }, () => restoreIn(t, dataset, restoring)),
  )
}

async function restoreIn(
  t: Transaction<Schema>,
  dataset: number,
  { label, by, as }: Restoring,
): Promise<RestoredLabel> {
  const { id, name, deletedAt, deletion } = await requireDeleted(t, dataset, label)
  if (!isAtLeast(as, deletion.as))
    throw new UserError('label.deleted-by', `Expected a ${deletion.as}, as who deleted ${name}, received a ${as}`, {
      as: deletion.as,
    })
  const { into, redirected } = deletion
  const { examples, left } =
    into === undefined
      ? { examples: await bringBack(t, id), left: 0 }
      : await undoMerge(t, dataset, { id, deletedAt, into, redirected })
  const joined = await reveal(t, dataset, { id, key: deletion.key, as })
  await deleteEmptyLabels(t, dataset)
  const detail = { label: name, examples, ...(left > 0 && { left }), ...(joined > 0 && { joined }) }
  await recordChange(t, { dataset, by, action: 'label restored', detail: { ...detail, id } })
  return { restored: name, examples, left, joined }
}

async function requireDeleted(t: Transaction<Schema>, dataset: number, label: Label | number) {
  const rows = await t
    .selectFrom('labels')
    .select(['id', 'name', 'deleted_at', 'deletion'])
    .where('dataset', '=', dataset)
    .where('deleted_at', '>', undoEnd().toISOString())
    .where(isLabel)
    .orderBy('deleted_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const is = (row: { id: number; name: string }): boolean =>
    typeof label === 'number' ? row.id === label : parseLabel(row.name).key === label.key
  const found = rows.find(is)
  if (!found || found.deleted_at === null)
    throw new UserError(
      'label.not-deleted',
      `Expected a label that was deleted or merged in the last ${UNDO_DAYS} days, received ${typeof label === 'number' ? label : label.name}`,
    )
  const deletion = Deletion.parse(JSON.parse(found.deletion ?? ''))
  return { id: found.id, name: found.name, deletedAt: found.deleted_at, deletion }
}

/** @returns how many examples it has again */
async function bringBack(t: Transaction<Schema>, label: number): Promise<number> {
  let examples = 0
  for (let changed = HIDDEN_AT_ONCE; changed === HIDDEN_AT_ONCE; examples += changed) {
    const some = t
      .selectFrom('examples')
      .select('id')
      .where('label', '=', label)
      .where('state', '=', 'deleted')
      .limit(HIDDEN_AT_ONCE)
    const { numUpdatedRows } = await t
      .updateTable('examples')
      .set({ state: sql`coalesce(state_before, 'kept')`, state_before: null })
      .where('id', 'in', some)
      .executeTakeFirst()
    changed = Number(numUpdatedRows)
  }
  return examples
}

type Hidden = { id: number; key: string; as: Actor }

/**
 * Gives a label its name again, or its examples to the one that has it by now.
 * @returns how many examples that one had
 */
async function reveal(t: Transaction<Schema>, dataset: number, { id, key, as }: Hidden): Promise<number> {
  const living = await t
    .selectFrom('labels')
    .select('id')
    .where('dataset', '=', dataset)
    .where('key', '=', key)
    .limit(1)
    .executeTakeFirst()
  if (!living) {
    await t.updateTable('labels').set({ key, deleted_at: null, deletion: null }).where('id', '=', id).execute()
    return 0
  }
  const joined = await countExamples(t, living.id)
  const pair = { source: id, target: living.id }
  await moveExamples(t, pair, { as })
  await rememberMerge(t, pair)
  await t.deleteFrom('labels').where('id', '=', id).execute()
  return joined
}

async function countExamples(t: Transaction<Schema>, label: number): Promise<number> {
  const query = t.selectFrom('examples').select((e) => e.fn.countAll<number>().as('examples'))
  return (await query.where('label', '=', label).executeTakeFirstOrThrow()).examples
}
