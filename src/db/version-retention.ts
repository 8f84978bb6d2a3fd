import { type Kysely, sql } from './kysely.ts'
import type { Schema } from './schema.ts'

/** Versions that a dataset keeps beside the active one: the latest. */
const KEPT = 10

/** When its examples were read; of versions from before that was kept, when it was made. */
export const readAt = sql<string>`coalesce(json_extract(measurement, '$.readAt'), made_at)`

/** The moment of the last forgetting in a dataset; undefined: nothing was forgotten. */
export async function readLastForgetting(db: Kysely<Schema>, dataset: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('datasets')
    .select('forgotten_at')
    .where('id', '=', dataset)
    .limit(1)
    .executeTakeFirst()
  return row?.forgotten_at ?? undefined
}

/** Whether the active version may have learned from what was forgotten at a moment. */
export async function hasActiveLearnedBefore(db: Kysely<Schema>, dataset: number, moment: string): Promise<boolean> {
  const row = await db
    .selectFrom('versions')
    .innerJoin('datasets', (j) =>
      j.onRef('datasets.id', '=', 'versions.dataset').onRef('datasets.version', '=', 'versions.number'),
    )
    .select('number')
    .where('dataset', '=', dataset)
    .where(readAt, '<=', moment)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** `number`: the version that was just trained. `forgottenAt`: the last forgetting that it knows of. */
type Trained = { number: number; forgottenAt: string | undefined }

/**
 * Deletes versions that are too many, and those that may have learned from what was forgotten before the last training,
 * the active one excepted.
 */
export async function deleteOldVersions(
  db: Kysely<Schema>,
  dataset: number,
  { number, forgottenAt }: Trained,
): Promise<void> {
  const active = sql<number>`coalesce((select version from datasets where id = ${dataset}), 0)`
  const oldestKept = db
    .selectFrom('versions')
    .select('number')
    .where('dataset', '=', dataset)
    .orderBy('number', 'desc')
    .limit(1)
    .offset(KEPT - 1)
  await db
    .deleteFrom('versions')
    .where('dataset', '=', dataset)
    .where('number', '<>', active)
    .where('number', '<', number)
    .where((e) =>
      e.or([e('number', '<', oldestKept), ...(forgottenAt === undefined ? [] : [e(readAt, '<=', forgottenAt)])]),
    )
    .execute()
}

/**
 * Deletes the versions that may have learned from what was forgotten where no example is left to train on without it:
 * no training would ever replace them. The dataset then answers that it is not trained.
 */
export async function deleteIrreplaceable(t: Kysely<Schema>, dataset: number): Promise<void> {
  const forgottenAt = await readLastForgetting(t, dataset)
  if (forgottenAt !== undefined && !(await isTrainable(t, dataset))) await deleteLearned(t, dataset, forgottenAt)
}

async function isTrainable(t: Kysely<Schema>, dataset: number): Promise<boolean> {
  const example = await t
    .selectFrom('labels')
    .innerJoin('examples', 'examples.label', 'labels.id')
    .select('examples.id')
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .limit(1)
    .executeTakeFirst()
  return example !== undefined
}

/** Deletes every version that may have learned from what was forgotten at a moment, the active one included. */
export async function deleteLearned(t: Kysely<Schema>, dataset: number, forgottenAt: string): Promise<void> {
  await t.deleteFrom('versions').where('dataset', '=', dataset).where(readAt, '<=', forgottenAt).execute()
  const { numUpdatedRows } = await t
    .updateTable('datasets')
    .set({ version: null })
    .where('id', '=', dataset)
    .where('version', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('versions')
            .select('versions.id')
            .whereRef('versions.dataset', '=', 'datasets.id')
            .whereRef('versions.number', '=', 'datasets.version'),
        ),
      ),
    )
    .executeTakeFirst()
  // What that version's training found out about the examples.
  if (numUpdatedRows > 0n) await t.deleteFrom('surveys').where('dataset', '=', dataset).execute()
}
