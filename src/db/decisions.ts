import type { Transaction } from 'kysely'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import { type Label, parseLabel } from '../label.ts'
import { deleteUnused, upsertLabel } from './labels.ts'
import type { Decision, Schema } from './schema.ts'

/** What a reviewer decided about an example. `label`: where `move` moves it; of no meaning for other decisions. */
export type Verdict = { example: number; by: string; decision: Decision; label?: Label | undefined }

/** What an example was before it was decided about; stored as JSON. */
export const ExampleBefore = z.object({
  label: z.string(),
  state: z.enum(['kept', 'excluded', 'withdrawn']),
  vouched: z.int(),
})
export type ExampleBefore = z.infer<typeof ExampleBefore>

/** What an example is. Throws UserError review.gone where the dataset has it no more */
export async function readExample(t: Transaction<Schema>, dataset: number, example: number): Promise<ExampleBefore> {
  const row = await t
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['labels.name as label', 'state', 'vouched'])
    .where('examples.id', '=', example)
    .where('labels.dataset', '=', dataset)
    .executeTakeFirst()
  if (row) return row
  throw new UserError('review.gone', `Expected an example of this dataset, found none with the number ${example}`)
}

/** Changes an example as a reviewer decided. Throws UserError label.empty where `move` names no label */
export async function carryOut(t: Transaction<Schema>, dataset: number, verdict: Verdict): Promise<void> {
  const example = t.updateTable('examples').where('id', '=', verdict.example)
  switch (verdict.decision) {
    case 'keep':
      await example.set({ vouched: 1, state: 'kept' }).execute()
      return
    case 'exclude':
      await example.set({ state: 'excluded', vouched: 0 }).execute()
      return
    case 'restore':
      await example.set({ state: 'kept' }).execute()
      return
    case 'move':
      if (!verdict.label) throw new UserError('label.empty', 'Expected a label to move the example to, received none')
      await move(t, dataset, { example: verdict.example, to: verdict.label, vouched: 1 })
  }
}

/** Makes an example again what it was before a decision about it. Throws UserError review.gone */
export async function takeBack(
  t: Transaction<Schema>,
  dataset: number,
  { example, decision, before }: { example: number; decision: Decision; before: ExampleBefore },
): Promise<void> {
  await readExample(t, dataset, example)
  const { label, state, vouched } = before
  if (decision === 'move') await move(t, dataset, { example, to: parseLabel(label), vouched })
  await t.updateTable('examples').set({ state, vouched }).where('id', '=', example).execute()
}

type Move = { example: number; to: Label; vouched: number }

/** To another label; where that has the same picture already, its example stays and this one is excluded. */
async function move(t: Transaction<Schema>, dataset: number, { example, to, vouched }: Move): Promise<void> {
  const label = await upsertLabel(t, dataset, to)
  const { picture } = await t
    .selectFrom('examples')
    .select('picture')
    .where('id', '=', example)
    .executeTakeFirstOrThrow()
  const same = await t
    .selectFrom('examples')
    .select('id')
    .where('picture', '=', picture)
    .where('label', '=', label)
    .where('id', '!=', example)
    .executeTakeFirst()
  if (same) {
    await t.updateTable('examples').set({ state: 'excluded' }).where('id', '=', example).execute()
    await t.updateTable('examples').set({ vouched, state: 'kept' }).where('id', '=', same.id).execute()
  } else {
    await t.updateTable('examples').set({ label, vouched, state: 'kept' }).where('id', '=', example).execute()
  }
  await deleteUnused(t, dataset)
}
