import { BATCH, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import { sql } from './kysely.ts'
import { inTransaction } from './transactions.ts'

/** `seesAll`: also where it was added in an age-restricted channel. */
type Shown = { example: number; seesAll: boolean }

/**
 * The picture of an example, by id, and the SHA-256 of its pixels; undefined where a dataset does not have it, or where it is
 * not to be seen. The copy is not read.
 */
export async function findShownPicture(
  db: Database,
  dataset: number,
  { example, seesAll }: Shown,
): Promise<{ picture: number; pixelHash: Buffer } | undefined> {
  const query = db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['pictures.id as picture', 'pixel_hash as pixelHash'])
    .where('examples.id', '=', example)
    .where('labels.dataset', '=', dataset)
    .where('labels.deleted_at', 'is', null)
    .where('examples.state', '<>', 'deleted')
  return (seesAll ? query : query.where('age_restricted', '=', 0)).limit(1).executeTakeFirst()
}

/** A small picture (WebP); undefined where none was made, or none that can be decrypted with today's keys. */
export async function readThumbnail(db: Database, picture: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('thumbnails')
    .select('bytes')
    .where('picture', '=', picture)
    .limit(1)
    .executeTakeFirst()
  try {
    return row && encryptionOf(db).decrypt(row.bytes)
  } catch {
    return undefined
  }
}

export type NewThumbnail = { picture: number; bytes: Uint8Array }

/** Keeps small pictures of those that are still there. */
export function writeThumbnails(db: Database, thumbnails: readonly NewThumbnail[]): Promise<void> {
  const { encrypt } = encryptionOf(db)
  return inTransaction(db, async (t) => {
    for (const { picture, bytes } of thumbnails)
      await sql`insert into thumbnails (picture, dataset, bytes)
        select id, dataset, ${encrypt(bytes)} from pictures where id = ${picture}
        on conflict (picture) do update set bytes = excluded.bytes`.execute(t)
  })
}

/** Deletes all of them, some at a time: they are made again when somebody looks. */
export async function deleteThumbnails(db: Database): Promise<void> {
  const some = db.selectFrom('thumbnails').select('picture').limit(BATCH)
  await inBatches(() => db.deleteFrom('thumbnails').where('picture', 'in', some).executeTakeFirstOrThrow())
}
