import { sql, type Transaction } from './kysely.ts'
import type { Schema } from './schema.ts'

// What the last training suggests names labels as they are called, until the next training: nobody is offered one that is gone.

type Renaming = { from: string; to: string }

/** Whether a suspicion, a row of `suspicions`, names a label. */
const names = (label: string) =>
  sql<boolean>`(suggested = ${label} or exists (select 1 from json_each(reasons) where json_extract(value, '$.label') = ${label}))`

/** A label has another name, or is another label from now on. */
export async function renameSuggested(t: Transaction<Schema>, dataset: number, { from, to }: Renaming): Promise<void> {
  await sql`update suspicions set suggested = case suggested when ${from} then ${to} else suggested end,
    reasons = (select json_group_array(case json_extract(value, '$.label')
      when ${from} then json_set(value, '$.label', cast(${to} as text)) else json(value) end) from json_each(reasons))
    where dataset = ${dataset} and ${names(from)}`.execute(t)
  await dropAnswered(t, dataset, to)
}

/** A label is gone: what looked like it looks like nothing else, and nothing is under it too. */
export async function dropSuggested(t: Transaction<Schema>, dataset: number, label: string): Promise<void> {
  const unlike = JSON.stringify({ kind: 'unlike' })
  await sql`update suspicions set suggested = nullif(suggested, ${label}),
    reasons = (select json_group_array(json(case json_extract(value, '$.label') when ${label} then ${unlike} else value end))
      from json_each(reasons)
      where not (json_extract(value, '$.kind') = 'also-under' and json_extract(value, '$.label') = ${label}))
    where dataset = ${dataset} and ${names(label)}`.execute(t)
  await sql`delete from suspicions where dataset = ${dataset} and reasons = '[]'`.execute(t)
}

/** Examples that have by now the label that fits them better. */
async function dropAnswered(t: Transaction<Schema>, dataset: number, label: string): Promise<void> {
  await sql`delete from suspicions where dataset = ${dataset} and ${names(label)} and exists
    (select 1 from examples join labels on labels.id = examples.label
      where examples.id = suspicions.example and labels.name = ${label})`.execute(t)
}
