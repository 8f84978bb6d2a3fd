import { recordChange } from './audit.ts'
import { BATCH } from './chunks.ts'
import type { Database } from './connection.ts'
import { NOBODY, noteForgotten } from './forgettings.ts'
import { deleteUnusedPictures } from './labels.ts'
import { changeDataset } from './transactions.ts'
import { deleteOldVersions, hasActiveLearnedBefore } from './version-retention.ts'

/** `isRemoved`: it stands for examples that were removed together (removed-examples.ts). */
type Due = { id: number; dataset: number; name: string; deletedAt: string | null; isMerged: number; isRemoved: number }

/** Deletes a label with its examples, some at a time. @returns whether the active version may have learned from it */
export async function purgeLabel(
  db: Database,
  { id, dataset, name, deletedAt, isMerged, isRemoved }: Due,
): Promise<boolean> {
  let examples = 0
  for (let deleted = BATCH; deleted === BATCH; examples += deleted) deleted = await deleteSome(db, dataset, id)
  const moment = deletedAt ?? ''
  return changeDataset(db, dataset, async (t) => {
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
  changeDataset(db, dataset, async (t) => {
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
