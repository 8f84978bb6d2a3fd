import type { Label } from '../label.ts'
import type { Database } from './connection.ts'
import { labelNamed } from './labels.ts'

type Added = { label: Label; fileHash: Buffer; by: string; since: string }

/** The example of a file that somebody has added to a label since a moment (ISO 8601); undefined: it was there before, or is not. */
export async function findAddedSince(
  db: Database,
  dataset: number,
  { label, fileHash, by, since }: Added,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('pictures')
    .innerJoin('examples', 'examples.picture', 'pictures.id')
    .select('examples.id')
    .where('pictures.dataset', '=', dataset)
    .where('pictures.file_hash', '=', fileHash)
    .where('examples.label', '=', labelNamed(db, dataset, label).select('id'))
    .where('examples.filed_by', '=', by)
    .where('examples.filed_at', '>=', since)
    .where('examples.state', '=', 'kept')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}
