import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { type Kysely, sql } from './kysely.ts'
import type { Schema } from './schema.ts'
import { changeDataset } from './transactions.ts'

/** Somebody, by Discord's id, in one server or, where none is given, in every one, left ones included. */
export type Person = { by: string; server?: string | undefined }

/** Theirs: what they added, and what they posted and let others add. */
const isTheirs = (by: string) => sql<boolean>`(examples.filed_by = ${by} or examples.posted_by = ${by})`

/** Datasets with examples of a person, with how many. */
export async function countExamplesOf(
  db: Database,
  { by, server }: Person,
): Promise<{ dataset: number; examples: number }[]> {
  const query = db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('datasets', 'datasets.id', 'labels.dataset')
    .select(['datasets.id as dataset', (e) => e.fn.countAll<number>().as('examples')])
    .where(isTheirs(by))
    .groupBy('datasets.id')
  return (server === undefined ? query : query.where('datasets.server', '=', server)).execute()
}

/** Ids of what a person added to a dataset, or posted. */
export const examplesOf = (t: Kysely<Schema>, dataset: number, by: string) =>
  t
    .selectFrom('examples')
    .select('id')
    .where(isTheirs(by))
    .where('label', 'in', t.selectFrom('labels').select('id').where('dataset', '=', dataset))

type Withdrawal = { teacher: string; by: string; withdrawn: boolean }

/** Examples that one statement withdraws: no picture is written for it. */
const WITHDRAWN_AT_ONCE = 5000

/**
 * Withdraws everything that a teacher added to a dataset from training, or takes that back. Nothing is deleted, and what a
 * reviewer excluded stays excluded. What was deleted with its label is withdrawn, or not, once it is brought back.
 * @returns how many examples changed that are not deleted
 */
export function setWithdrawn(db: Database, dataset: number, { teacher, by, withdrawn }: Withdrawal): Promise<number> {
  const [from, to] = withdrawn ? (['kept', 'withdrawn'] as const) : (['withdrawn', 'kept'] as const)
  return changeDataset(db, dataset, async (t) => {
    await t
      .updateTable('examples')
      .set({ state_before: to })
      .where(
        'id',
        'in',
        examplesBy(t, dataset, teacher).where('state', '=', 'deleted').where('state_before', '=', from),
      )
      .execute()
    let examples = 0
    for (let changed = WITHDRAWN_AT_ONCE; changed === WITHDRAWN_AT_ONCE; examples += changed) {
      const some = examplesBy(t, dataset, teacher).where('state', '=', from).limit(WITHDRAWN_AT_ONCE)
      const { numUpdatedRows } = await t
        .updateTable('examples')
        .set({ state: to })
        .where('id', 'in', some)
        .executeTakeFirst()
      changed = Number(numUpdatedRows)
    }
    const action = withdrawn ? 'excluded' : 'restored'
    await recordChange(t, { dataset, by, action, detail: { teacher, examples } })
    return examples
  })
}

/** How many examples that are learned from a person added to a dataset. */
export async function countKeptBy(db: Database, dataset: number, by: string): Promise<number> {
  const query = db
    .selectFrom('examples')
    .select((e) => e.fn.countAll<number>().as('examples'))
    .where('id', 'in', examplesBy(db, dataset, by).where('state', '=', 'kept'))
  return (await query.executeTakeFirstOrThrow()).examples
}

/** Ids of what a person added to a dataset. */
const examplesBy = (t: Kysely<Schema>, dataset: number, by: string) =>
  t
    .selectFrom('examples')
    .select('id')
    .where('filed_by', '=', by)
    .where('label', 'in', t.selectFrom('labels').select('id').where('dataset', '=', dataset))

/** Whether anything that a person added is in a dataset, whatever became of it. */
export async function hasExamplesBy(db: Database, dataset: number, by: string): Promise<boolean> {
  return (await examplesBy(db, dataset, by).limit(1).executeTakeFirst()) !== undefined
}
