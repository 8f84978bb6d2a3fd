import type { Database } from './connection.ts'
import { sql } from './kysely.ts'

/** The ids of all examples that a dataset learns from, in the order in which they were added. From an index alone. */
export async function listKeptExamples(db: Database, dataset: number): Promise<number[]> {
  const rows = await db
    .selectFrom('labels')
    .innerJoin('examples', 'examples.label', 'labels.id')
    .select('examples.id')
    .where('labels.dataset', '=', dataset)
    .where('state', '=', 'kept')
    .execute()
  return sorted(rows.map((row) => row.id))
}

/** `label`: its name as it is written. `every`: 1 for all of its examples, 2 for every second one, and so on. */
type Sample = { label: string; every: number }

/** The ids of some examples of a label that are learned from, spread evenly over the time, in the order of their addition. */
export async function sampleKeptExamples(db: Database, dataset: number, { label, every }: Sample): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from (
      select examples.id, row_number() over (order by examples.id) as place
      from labels join examples on examples.label = labels.id
      where labels.dataset = ${dataset} and labels.name = ${label} and examples.state = 'kept'
    ) as kept where place % ${every} = 0 order by id`.execute(db)
  return rows.map((row) => row.id)
}

/** Sorted as numbers in a typed array: ten times as fast as with a comparison. */
const sorted = (ids: number[]): number[] => Array.from(Float64Array.from(ids).sort())
