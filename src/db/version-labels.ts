import { z } from 'zod'
import type { Database } from './connection.ts'
import { sql } from './kysely.ts'

/** The number of the active version and, by class, what its labels are called now; null: a label that answers no more. */
type ActiveLabels = { number: number; names: (string | null)[] }

/** What no id is above: versions of older programs do not know which example was their last. */
const EVERY_ID = Number.MAX_SAFE_INTEGER

const Names = z.array(z.string().nullable())

/**
 * What the labels of the active version are called now: a renamed one by its new name, a merged one by its target's; null
 * where it was deleted or emptied. One that was made again since is another label, even under the same name: it has an
 * id, or examples alone, that the version has never seen. Undefined where nothing was trained.
 */
export async function readActiveLabels(db: Database, dataset: number): Promise<ActiveLabels | undefined> {
  const { rows } = await sql<{ number: number; names: string }>`
    select versions.number as number, (
      select json_group_array(name) from (
        select (
          select labels.name from labels
          where labels.dataset = datasets.id
            and case when versions.label_ids is null then labels.name = class.value
              else labels.id = coalesce(label_merges.target, cast(class.value as bigint)) end
            and exists (select 1 from examples where examples.label = labels.id and examples.state = 'kept'
              and examples.id <= coalesce(cast(json_extract(versions.measurement, '$.lastExample') as bigint), ${EVERY_ID}))
        ) as name
        from json_each(coalesce(versions.label_ids, json_extract(versions.measurement, '$.labels'))) as class
        left join label_merges on label_merges.label =
          case when versions.label_ids is not null then cast(class.value as bigint) end
        order by cast(class.key as integer)
      ) as now
    ) as names
    from datasets join versions on versions.dataset = datasets.id and versions.number = datasets.version
    where datasets.id = ${dataset}`.execute(db)
  const [row] = rows
  return row && { number: row.number, names: Names.parse(JSON.parse(row.names)) }
}

/** What labels are called now, by id: a merged one by its target's name; null where it is gone. */
export async function readNamesNow(db: Database, ids: readonly number[]): Promise<(string | null)[]> {
  const { rows } = await sql<{ name: string | null }>`
    select labels.name as name from json_each(${JSON.stringify(ids)}) as class
    left join label_merges on label_merges.label = cast(class.value as bigint)
    left join labels on labels.id = coalesce(label_merges.target, cast(class.value as bigint)) and deleted_at is null
    order by cast(class.key as integer)`.execute(db)
  return rows.map((row) => row.name)
}
