import type { Kysely, Transaction } from 'kysely'
import type { Database } from './connection.ts'
import type { Schema } from './schema.ts'

/** Who changed what. `server` is empty for the terminal; `detail` is plain data, never a picture. */
type Change = { server: string; dataset: number | null; by: string; action: Action; detail: object }
export type Action =
  | 'filed'
  | 'unfiled'
  | 'moved'
  | 'excluded'
  | 'restored'
  | 'reviewed'
  | 'review undone'
  | 'forgotten'
  | 'label renamed'
  | 'labels merged'
  | 'label deleted'
  | 'trained'
  | 'promoted'
  | 'backbone changed'
  | 'settings changed'
  | 'feedback'

/** Writes who did what in the transaction that does it: neither is ever there without the other. */
export async function recordChange(
  t: Transaction<Schema>,
  dataset: number,
  by: string,
  action: Action,
  detail: object,
): Promise<void> {
  const { server } = await t.selectFrom('datasets').select('server').where('id', '=', dataset).executeTakeFirstOrThrow()
  await write(t, { server, dataset, by, action, detail })
}

export async function write(t: Kysely<Schema>, { detail, ...change }: Change): Promise<void> {
  await t
    .insertInto('audit')
    .values({ ...change, at: new Date().toISOString(), detail: JSON.stringify(detail) })
    .execute()
}

/** Forgets changes that were made before a moment. */
export async function sweepAudit(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('audit').where('at', '<', before.toISOString()).execute()
}

/** The latest changes first. @param before only those with a smaller id: the next page */
export async function readAudit(
  db: Database,
  { server, by, before, limit }: { server: string; by: string | undefined; before: number | undefined; limit: number },
) {
  let query = db
    .selectFrom('audit')
    .leftJoin('datasets', 'datasets.id', 'audit.dataset')
    .select(['audit.id', 'at', 'by', 'action', 'detail', 'datasets.name as dataset'])
    .where('audit.server', '=', server)
  if (by !== undefined) query = query.where('by', '=', by)
  if (before !== undefined) query = query.where('audit.id', '<', before)
  const rows = await query.orderBy('audit.id', 'desc').limit(limit).execute()
  return rows.map(({ detail, action, ...row }) => ({ ...row, action: action as Action, detail: JSON.parse(detail) }))
}
