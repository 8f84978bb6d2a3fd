import type { Kysely, Transaction } from 'kysely'
import { isBetween, type Marks } from './change-marks.ts'
import { BATCH, chunks, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import type { Action, Schema } from './schema.ts'

/** Who changed what. `server` is empty for the terminal; `detail` is plain data, never a picture. */
type Change = { server: string; dataset: number | null; by: string; action: Action; detail: object }
type DatasetChange = { dataset: number; by: string; action: Action; detail: object }

/** Writes who changed a dataset, in the transaction that does it: neither is ever there without the other. */
export const recordChange = (t: Transaction<Schema>, { detail, ...change }: DatasetChange): Promise<void> =>
  recordChanges(t, change, [detail])

/** Writes many changes of one kind, one row for each detail. */
export async function recordChanges(
  t: Transaction<Schema>,
  change: Omit<DatasetChange, 'detail'>,
  details: object[],
): Promise<void> {
  const { server } = await t
    .selectFrom('datasets')
    .select('server')
    .where('id', '=', change.dataset)
    .limit(1)
    .executeTakeFirstOrThrow()
  const about = { ...change, server, at: new Date().toISOString() }
  for (const some of chunks(details))
    await t
      .insertInto('audit')
      .values(some.map((detail) => ({ ...about, detail: JSON.stringify(detail) })))
      .execute()
}

/** Writes who changed what, with the time of now. */
export async function writeChange(t: Kysely<Schema>, change: Change): Promise<void> {
  await t
    .insertInto('audit')
    .values({ ...change, at: new Date().toISOString(), detail: JSON.stringify(change.detail) })
    .execute()
}

/** Deletes the changes that were made before a moment. */
export async function sweepAudit(db: Database, before: Date): Promise<void> {
  const some = db.selectFrom('audit').select('id').where('at', '<', before.toISOString()).limit(BATCH)
  await inBatches(() => db.deleteFrom('audit').where('id', 'in', some).executeTakeFirstOrThrow())
}

/** `by`: only this person's. `before`: only those with a smaller id. */
type AuditFilter = { server: string; by: string | undefined; before: number | undefined }
/** `offset`: how many of them come before the page. */
type AuditQuery = AuditFilter & { limit: number; offset?: number }

/** A server's changes, latest first. */
export async function readAudit(db: Database, { server, by, before, limit, offset = 0 }: AuditQuery) {
  let query = db
    .selectFrom('audit')
    .leftJoin('datasets', 'datasets.id', 'audit.dataset')
    .select(['audit.id', 'at', 'by', 'action', 'detail', 'datasets.name as dataset'])
    .where('audit.server', '=', server)
  if (by !== undefined) query = query.where('by', '=', by)
  if (before !== undefined) query = query.where('audit.id', '<', before)
  if (offset > 0) query = query.offset(offset)
  const rows = await query.orderBy('audit.id', 'desc').limit(limit).execute()
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) }))
}

/** How many changes of a server there are. */
export async function countAudit(db: Database, { server, by, before }: AuditFilter): Promise<number> {
  let query = db
    .selectFrom('audit')
    .select((e) => e.fn.countAll<number>().as('changes'))
    .where('server', '=', server)
  if (by !== undefined) query = query.where('by', '=', by)
  if (before !== undefined) query = query.where('id', '<', before)
  return (await query.executeTakeFirstOrThrow()).changes
}

/** Servers whose settings were changed between two marks (change-marks.ts), by whichever process. */
export async function listChangedServers(db: Database, marks: Marks): Promise<string[]> {
  const changed: Action = 'settings changed'
  const rows = await db
    .selectFrom('audit')
    .select('server')
    .where(isBetween(db, marks))
    .where('action', '=', changed)
    .execute()
  return [...new Set(rows.map((row) => row.server))]
}
