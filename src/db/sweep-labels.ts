import { recordChange } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { undoEnd } from './deleted-labels.ts'
import { NOBODY, noteForgotten } from './forgettings.ts'
import { sql } from './kysely.ts'
import { deleteUnusedPictures } from './labels.ts'
import { deleteOldVersions, hasActiveLearnedBefore } from './version-retention.ts'

/**
 * Deletes for good the labels that can no longer be brought back, with their pictures, some at a time: others have their turn
 * meanwhile, and cut off, it goes on when it is called again. Versions that learned from them go as after forgetting.
 * @returns the datasets of which a version had learned from one
 */
export async function sweepDeletedLabels(db: Database, now = Date.now()): Promise<number[]> {
  const due = await db
    .selectFrom('labels')
    .select(['id', 'dataset', 'name', 'deleted_at as deletedAt'])
    .select(sql<number>`json_extract(deletion, '$.into') is not null`.as('isMerged'))
    .select(sql<number>`json_extract(deletion, '$.removedFrom') is not null`.as('isRemoved'))
    .where('deleted_at', '<=', undoEnd(now).toISOString())
    .orderBy('deleted_at')
    .execute()
  const learned = new Set<number>()
  for (const label of due) if (await purge(db, label)) learned.add(label.dataset)
  return [...learned]
}

/** `isRemoved`: it stands for examples that were removed together (removed-examples.ts). */
type Due = { id: number; dataset: number; name: string; deletedAt: string | null; isMerged: number; isRemoved: number }

/** @returns whether the active version may have learned from it */
async function purge(db: Database, { id, dataset, name, deletedAt, isMerged, isRemoved }: Due): Promise<boolean> {
  let examples = 0
  for (let deleted = BATCH; deleted === BATCH; examples += deleted) deleted = await deleteSome(db, dataset, id)
  const moment = deletedAt ?? ''
  return db.transaction().execute(async (t) => {
    await t.deleteFrom('labels').where('id', '=', id).execute()
    await recordChange(t, {
      dataset,
      by: NOBODY,
      action: 'label purged',
      detail: { ...(!isRemoved && { label: name }), examples },
    })
    // What was merged is learned from under another name; what was removed is as if it had been deleted at once.
    if (isMerged || isRemoved) return false
    const active = await t
      .selectFrom('datasets')
      .select('version')
      .where('id', '=', dataset)
      .limit(1)
      .executeTakeFirst()
    const isLearned = await hasActiveLearnedBefore(t, dataset, moment)
    if (isLearned) await noteForgotten(t, dataset, { by: NOBODY, examples, moment })
    else if (active?.version) await deleteOldVersions(t, dataset, { number: active.version, forgottenAt: moment })
    return isLearned
  })
}

/** @returns how many it deleted, at most a batch */
const deleteSome = (db: Database, dataset: number, label: number): Promise<number> =>
  db.transaction().execute(async (t) => {
    const some = t
      .selectFrom('examples')
      .select('id')
      .where('label', '=', label)
      .where('state', '=', 'deleted')
      .limit(BATCH)
    const rows = await t.deleteFrom('examples').where('id', 'in', some).returning('picture').execute()
    await deleteUnusedPictures(
      t,
      dataset,
      rows.map((row) => row.picture),
    )
    return rows.length
  })
