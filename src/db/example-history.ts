import type { Database } from './connection.ts'
import { alongIndex } from './index-hints.ts'
import { sql } from './kysely.ts'
import type { Action } from './schema.ts'

/** Changes of one example that are told, at most. */
const MAX_CHANGES = 50

type Row = { id: number; at: string; by: string; action: Action; dataset: string | null; detail: string }

/** `by`: who added it, and `at` when. */
type Example = { id: number; by: string; at: string }

/** What was done with one example, or with everything of whoever added it, latest first. Along indexes of the log (migration 017). */
export async function readHistory(db: Database, dataset: number, { id, by, at }: Example) {
  const from = (index: string) => sql`select audit.id as id, at, by, action, datasets.name as dataset, detail
    from ${alongIndex(db, { table: 'audit', index })} join datasets on datasets.id = audit.dataset`
  const { rows } = await sql<Row>`
    select * from (
      ${from('audit_example')} where json_valid(detail) and json_extract(detail, '$.example') is not null
        and json_extract(detail, '$.example') = ${id} and audit.dataset = ${dataset}
      union all
      ${from('audit_teacher')} where action in ('excluded', 'restored') and json_valid(detail)
        and audit.dataset = ${dataset} and json_extract(detail, '$.teacher') = ${by} and at >= ${at}
    ) as changes order by id desc limit ${MAX_CHANGES}`.execute(db)
  return rows.map(({ detail, ...row }) => ({ ...row, detail: JSON.parse(detail) }))
}
