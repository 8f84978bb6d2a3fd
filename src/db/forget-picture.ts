import type { Database } from './connection.ts'
import { noteForgotten, rememberForgotten } from './forgettings.ts'
import { sql, type Transaction } from './kysely.ts'
import { deleteUnused } from './labels.ts'
import { examplesOf } from './people.ts'
import type { Schema } from './schema.ts'
import { changeDataset } from './transactions.ts'

/** `picture`: an id. */
type OwnPicture = { picture: number; by: string }

/**
 * Deletes a picture for good from every label that a person added it to, or that others added it to when they had posted
 * it. @returns how many there were
 */
export function forgetPicture(db: Database, dataset: number, { picture, by }: OwnPicture): Promise<number> {
  return changeDataset(db, dataset, async (t) => {
    const forgotten = await t
      .selectFrom('pictures')
      .innerJoin('datasets', 'datasets.id', 'pictures.dataset')
      .select(['server', 'pixel_hash as pixelHash'])
      .where('pictures.id', '=', picture)
      .limit(1)
      .executeTakeFirst()
    const own = examplesOf(t, dataset, by).where('picture', '=', picture)
    const deleted = await t
      .deleteFrom('examples')
      .where('id', 'in', own)
      .returning(['id', 'filed_by', 'filed_at'])
      .execute()
    if (deleted.length === 0 || !forgotten) return 0
    await deleteUnused(t, dataset, [picture])
    for (const example of deleted) await forgetFileName(t, example)
    await rememberForgotten(t, { by, ...forgotten })
    await noteForgotten(t, dataset, { by, examples: deleted.length })
    return deleted.length
  })
}

type Deleted = { id: number; filed_by: string; filed_at: string }

/** What its file was called goes with it. Along the index of who did it; the change was written after the example. */
async function forgetFileName(t: Transaction<Schema>, { id, filed_by, filed_at }: Deleted): Promise<void> {
  await t
    .updateTable('audit')
    .set({ detail: sql`json_remove(detail, '$.file')` })
    .where('by', '=', filed_by)
    .where('action', '=', 'filed')
    .where('at', '>=', filed_at)
    .where(sql`json_extract(detail, '$.example')`, '=', id)
    .execute()
}
