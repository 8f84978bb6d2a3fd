import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'
import { chunks } from './chunks.ts'
import type { Decision, LivingState, Schema } from './schema.ts'
import { columnsOf, standingOf } from './transitions.ts'

const Standings = z.object({ state: z.enum(['kept', 'excluded', 'withdrawn']), vouched: z.int() })

/** What an example was before it was decided about; stored as JSON. Decisions of version 0.1 have no ids and no `after`. */
export const ExampleBefore = Standings.extend({
  label: z.string(),
  labelId: z.int().optional(),
  /** What the decision made of it: while it is so, the decision can be undone. */
  after: Standings.extend({ labelId: z.int() }).optional(),
})
export type ExampleBefore = z.infer<typeof ExampleBefore>

export type ExampleRow = {
  id: number
  picture: number
  label: string
  labelId: number
  state: LivingState
  vouched: number
}

/** What awaits being brought back is no example to anybody. */
const exampleRows = (t: Kysely<Schema>) =>
  t
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id', 'picture', 'labels.name as label', 'labels.id as labelId', 'state', 'vouched'])
    .where('state', '<>', 'deleted')
    .$narrowType<{ state: LivingState }>()

/** What some examples of a dataset are, by id; those that it does not have are missing. */
export async function readExampleRows(
  t: Kysely<Schema>,
  dataset: number,
  examples: readonly number[],
): Promise<Map<number, ExampleRow>> {
  const found = new Map<number, ExampleRow>()
  for (const some of chunks(examples)) {
    const rows = await exampleRows(t).where('labels.dataset', '=', dataset).where('examples.id', 'in', some).execute()
    for (const row of rows) found.set(row.id, row)
  }
  return found
}

/** `to`: what a decision makes of the example. `label`: the id of the label that it then has. */
export type Change = { row: ExampleRow; to: 'kept' | 'vouched' | 'excluded'; label: number }

/** Changes examples, as many as are alike with one statement. */
export async function applyChanges(t: Transaction<Schema>, changes: Change[]): Promise<void> {
  for (const alike of Map.groupBy(changes, ({ to, label, row }) => `${to} ${label !== row.labelId && label}`).values())
    for (const some of chunks(alike)) {
      const [first] = some
      if (!first) continue
      const isMove = first.label !== first.row.labelId
      const columns = isMove ? { ...columnsOf(first.to), label: first.label } : columnsOf(first.to)
      const ids = some.map(({ row }) => row.id)
      await t.updateTable('examples').set(columns).where('id', 'in', ids).execute()
    }
}

/** The examples, by picture, that a label has of some pictures. */
export async function findUnder(
  t: Transaction<Schema>,
  label: number,
  pictures: number[],
): Promise<Map<number, ExampleRow>> {
  const found = new Map<number, ExampleRow>()
  for (const some of chunks(pictures)) {
    const rows = await exampleRows(t).where('label', '=', label).where('picture', 'in', some).execute()
    for (const row of rows) found.set(row.picture, row)
  }
  return found
}

/** Under which labels some pictures are, by picture. */
export async function findPlaces(t: Transaction<Schema>, pictures: number[]): Promise<Map<number, ExampleRow[]>> {
  const rows: ExampleRow[] = []
  for (const some of chunks(pictures)) rows.push(...(await exampleRows(t).where('picture', 'in', some).execute()))
  return Map.groupBy(rows, (row) => row.picture)
}

/** Whether an example is still what a decision made of it; only a move has to do with its label. */
export function isUnchanged(decision: Decision, before: ExampleBefore, now: ExampleRow): boolean {
  const after = before.after ?? guessAfter(decision, before)
  if (now.state !== after.state || now.vouched !== after.vouched) return false
  if (decision !== 'move' || !before.after) return true
  return now.labelId === before.after.labelId
}

/** Of decisions that did not keep what they made of the example. */
function guessAfter(decision: Decision, { state, vouched }: ExampleBefore): { state: string; vouched: number } {
  switch (decision) {
    case 'keep':
    case 'move':
      return columnsOf('vouched')
    case 'exclude':
      return columnsOf('excluded')
    case 'restore':
      return { state: 'kept', vouched: standingOf({ state, vouched }) === 'vouched' ? 1 : vouched }
  }
}
