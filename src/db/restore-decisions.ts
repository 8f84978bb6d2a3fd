import { type Label, parseLabel } from '../label.ts'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import type { ExampleBefore } from './decisions.ts'
import type { Kysely, Transaction } from './kysely.ts'
import { labelNamed } from './labels.ts'
import type { Decision, LivingState, Schema } from './schema.ts'
import { changeDataset } from './transactions.ts'

/** An example as an export has it, by what no two of a dataset share. */
export type ExportedExample = { label: Label; pixelHash: Buffer; addedBy: string; addedAt: string }

type Standing = { state: LivingState; vouched: boolean; labelNow?: string | undefined }
/** `labelNow`: what a label was called when it was exported; undefined: it was gone. */
export type ExportedDecision = {
  example: ExportedExample
  by: string
  decision: Decision
  label?: string | undefined
  at: string
  state: 'waiting' | 'done' | 'undone' | 'superseded'
  batch?: string | undefined
  before?: (Standing & { label: string; after?: Standing | undefined }) | undefined
}

/** No label has it: a decision about one that is gone cannot be taken back. */
const NO_LABEL = 0

/**
 * Writes down what reviewers had decided, in this order, about examples that are those of the export; what is written down
 * already is passed over. @returns how many it wrote
 */
export async function restoreDecisions(
  db: Database,
  dataset: number,
  decisions: readonly ExportedDecision[],
): Promise<number> {
  let restored = 0
  for (const some of chunks(decisions))
    restored += await changeDataset(db, dataset, async (t) => {
      let written = 0
      for (const decision of some) if (await restoreOne(t, dataset, decision)) written++
      return written
    })
  return restored
}

async function restoreOne(t: Transaction<Schema>, dataset: number, decision: ExportedDecision): Promise<boolean> {
  const example = await findExample(t, dataset, decision.example)
  if (example === undefined) return false
  const { by, at, state, label = null, batch = null, before } = decision
  const there = await t
    .selectFrom('reviews')
    .select('id')
    .where('example', '=', example)
    .where('by', '=', by)
    .where('at', '=', at)
    .where('decision', '=', decision.decision)
    .limit(1)
    .executeTakeFirst()
  if (there) return false
  const json = before ? JSON.stringify(await toBefore(t, dataset, before)) : null
  const row = { dataset, example, by, decision: decision.decision, label, at, state, batch, before: json }
  await t.insertInto('reviews').values(row).execute()
  return true
}

async function findExample(
  t: Kysely<Schema>,
  dataset: number,
  { label, pixelHash, addedBy, addedAt }: ExportedExample,
): Promise<number | undefined> {
  const found = await t
    .selectFrom('pictures')
    .innerJoin('examples', 'examples.picture', 'pictures.id')
    .select('examples.id')
    .where('pictures.dataset', '=', dataset)
    .where('pixel_hash', '=', pixelHash)
    .where('examples.label', '=', labelNamed(t, dataset, label).select('id'))
    .where('filed_by', '=', addedBy)
    .where('filed_at', '=', addedAt)
    .limit(1)
    .executeTakeFirst()
  return found?.id
}

async function toBefore(
  t: Kysely<Schema>,
  dataset: number,
  { label, after, ...standing }: NonNullable<ExportedDecision['before']>,
): Promise<ExampleBefore> {
  const labelId = await findLabelId(t, dataset, standing.labelNow)
  const before = { label, state: standing.state, vouched: Number(standing.vouched) }
  return {
    ...before,
    ...(labelId !== undefined && { labelId }),
    ...(after && {
      after: {
        state: after.state,
        vouched: Number(after.vouched),
        labelId: (await findLabelId(t, dataset, after.labelNow)) ?? NO_LABEL,
      },
    }),
  }
}

async function findLabelId(t: Kysely<Schema>, dataset: number, name: string | undefined): Promise<number | undefined> {
  if (name === undefined) return undefined
  return (await labelNamed(t, dataset, parseLabel(name)).select('id').executeTakeFirst())?.id
}
