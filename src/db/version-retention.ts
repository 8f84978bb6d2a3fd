import { sql } from 'kysely'
import type { Database } from './connection.ts'

/** Versions that a dataset keeps beside the active one: the latest. */
const KEPT = 10

/** When its examples were read; of versions from before that was kept, when it was made. */
const readAt = sql<string>`coalesce(json_extract(measurement, '$.readAt'), made_at)`

/**
 * The moment of the last forgetting in a dataset, or, for as long as the audit log does not tell which of a server's
 * datasets it was, in its server; undefined: nothing was forgotten.
 */
export async function readLastForgetting(db: Database, dataset: number): Promise<string | undefined> {
  const { rows } = await sql<{ at: string | null }>`
    select max(at) as at from (
      select max(at) as at from audit where dataset = ${dataset} and action = 'forgotten'
      union all
      select max(forgettings.at) from forgettings join datasets on datasets.server = forgettings.server
      where datasets.id = ${dataset}
    )`.execute(db)
  return rows[0]?.at ?? undefined
}

/** Whether the active version may have learned from what was forgotten at a moment. */
export async function hasActiveLearnedBefore(db: Database, dataset: number, moment: string): Promise<boolean> {
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
  db: Database,
  dataset: number,
  { number, forgottenAt }: Trained,
): Promise<void> {
  const active = sql<number>`coalesce((select version from datasets where id = ${dataset}), 0)`
  const latest = db
    .selectFrom('versions')
    .select('number')
    .where('dataset', '=', dataset)
    .orderBy('number', 'desc')
    .limit(KEPT)
  await db
    .deleteFrom('versions')
    .where('dataset', '=', dataset)
    .where('number', '<>', active)
    .where('number', '<', number)
    .where((e) =>
      e.or([e('number', 'not in', latest), ...(forgottenAt === undefined ? [] : [e(readAt, '<=', forgottenAt)])]),
    )
    .execute()
}
