import type { Database } from './connection.ts'
import { databaseNow, readDatabaseNow } from './database-clock.ts'
import { sql } from './kysely.ts'

// Datasets with changes that no version has learned, on PostgreSQL. A trigger notes them in the transaction that changes
// (migration-trainings.ts), so that no process has to look at all datasets, and none that dies forgets one.

/** How long a process may take to look at one: then another one does. */
const HELD_MS = 30_000

/** `isTime`: the moment has come at which it is to be trained. `changedAt`: as it was when it was taken. */
export type DueDataset = { dataset: number; changedAt: number; isTime: boolean }
type Taking = { quietMs: number; limit: number }

/** Takes some that have been quiet for a while, or whose moment has come; no two processes get the same one. */
export async function takeDue(db: Database, { quietMs, limit }: Taking): Promise<DueDataset[]> {
  const now = await readDatabaseNow(db)
  const ready = db
    .selectFrom('due')
    .select('dataset')
    .where((e) => e.or([e('held_until', 'is', null), e('held_until', '<=', now)]))
    .where((e) => e.or([e.and([e('looked_at', 'is', null), e('changed_at', '<=', now - quietMs)]), e('at', '<=', now)]))
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return db
    .with('ready', () => ready)
    .updateTable('due')
    .from('ready')
    .set({ held_until: now + HELD_MS })
    .whereRef('due.dataset', '=', 'ready.dataset')
    .returning(['due.dataset', 'changed_at as changedAt'])
    .returning(sql<number>`coalesce(at <= ${now}, false)`.as('isTime'))
    .execute()
    .then((rows) => rows.map(({ isTime, ...row }) => ({ ...row, isTime: Boolean(isTime) })))
}

/** It was looked at. @param at when it is to be trained; undefined: not before another change. What changed meanwhile is looked at again */
export async function planDue(db: Database, { dataset, changedAt }: DueDataset, at: Date | undefined): Promise<void> {
  await db
    .updateTable('due')
    .set({ at: at?.getTime() ?? null, held_until: null })
    .set((e) => ({ looked_at: e.case().when('changed_at', '=', changedAt).then(databaseNow(db)).else(null).end() }))
    .where('dataset', '=', dataset)
    .execute()
}

/** Every change is learned, unless something changed meanwhile. */
export async function forgetDue(db: Database, { dataset, changedAt }: DueDataset): Promise<void> {
  await db.deleteFrom('due').where('dataset', '=', dataset).where('changed_at', '=', changedAt).execute()
  await db.updateTable('due').set({ held_until: null }).where('dataset', '=', dataset).execute()
}

/** A training has ended well: whatever it did not see is due, and the rest no longer. */
export async function lookAgain(db: Database, dataset: number): Promise<void> {
  await db.updateTable('due').set({ looked_at: null }).where('dataset', '=', dataset).execute()
}

/** Nothing is tried again before another change. */
export async function waitForChange(db: Database, dataset: number): Promise<void> {
  await db.updateTable('due').set({ at: null }).where('dataset', '=', dataset).execute()
}
