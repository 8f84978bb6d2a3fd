import type { Label } from '../label.ts'
import type { Transaction } from './kysely.ts'
import { findLabel } from './labels.ts'
import type { Schema } from './schema.ts'

/** `id`: that it had. */
type Former = { id: number; label: Label }

/**
 * The label that examples had, or the one that it was merged into, or the one that has its name by now. One that went with its
 * last example is made again with the same id, so that versions that know it answer with it. @returns its id
 */
export async function reviveLabel(t: Transaction<Schema>, dataset: number, { id, label }: Former): Promise<number> {
  const merged = await t.selectFrom('label_merges').select('target').where('label', '=', id).limit(1).executeTakeFirst()
  const row = await t
    .selectFrom('labels')
    .select(['id', 'deleted_at'])
    .where('id', '=', merged?.target ?? id)
    .limit(1)
    .executeTakeFirst()
  if (row && row.deleted_at === null) return row.id
  const named = await findLabel(t, dataset, label)
  if (named) return named.id
  const values = row || merged ? { dataset, ...label } : { id, dataset, ...label }
  return (await t.insertInto('labels').values(values).returning('id').executeTakeFirstOrThrow()).id
}
