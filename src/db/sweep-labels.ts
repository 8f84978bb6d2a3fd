import type { Database } from './connection.ts'
import { sql } from './kysely.ts'
import { undoEnd } from './undo-days.ts'

/**
 * Deletes for good the labels that can no longer be brought back, with their pictures, some at a time: others have their turn
 * meanwhile, and cut off, it goes on when it is called again. Versions that learned from them go as after forgetting.
 * @returns the datasets of which a version had learned from one
 */
export async function sweepDeletedLabels(db: Database, now = Date.now()): Promise<number[]> {
  const due = await db
    .selectFrom('labels')
    .select(['id', 'dataset', 'name', 'deleted_at as deletedAt'])
    .select(sql<number>`case when json_extract(deletion, '$.into') is null then 0 else 1 end`.as('isMerged'))
    .select(sql<number>`case when json_extract(deletion, '$.removedFrom') is null then 0 else 1 end`.as('isRemoved'))
    .where('deleted_at', '<=', undoEnd(now).toISOString())
    .orderBy('deleted_at')
    .execute()
  if (due.length === 0) return []
  // Every command looks whether there are any: what deletes them is loaded where there are.
  const { purgeLabel } = await import('./purge-label.ts')
  const learned = new Set<number>()
  for (const label of due) if (await purgeLabel(db, label)) learned.add(label.dataset)
  return [...learned]
}
