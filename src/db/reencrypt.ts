import { type Progress, pictureProgress } from '../progress.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import { encryptedStart, IS_ENCRYPTED } from './key-id.ts'
import { sql } from './kysely.ts'
import { deleteThumbnails } from './thumbnails.ts'

/**
 * Encrypts every picture with the first key, or decrypts all where there is none anymore; also those that are added
 * meanwhile. Yields how many it has looked at. @returns how many it changed. Throws UserError data.key-missing, data.damaged
 */
export async function* reencryptPictures(db: Database): AsyncGenerator<Progress, number> {
  const { encrypt, decrypt, isCurrent } = encryptionOf(db)
  const total = await countPictures(db)
  let changed = 0
  // Ids only grow: what is added meanwhile comes later.
  for (let last = 0, seen = 0; ; seen++) {
    const row = await readNext(db, last)
    if (!row) break
    if (!isCurrent(row.copy)) {
      const copy = encrypt(decrypt(row.copy))
      await db.updateTable('pictures').set({ copy }).where('id', '=', row.id).execute()
      changed++
    }
    last = row.id
    yield pictureProgress(seen + 1, Math.max(total, seen + 1))
  }
  await deleteThumbnails(db)
  await deleteUnusedKeys(db)
  return changed
}

const readNext = (db: Database, last: number) =>
  db.selectFrom('pictures').select(['id', 'copy']).where('id', '>', last).orderBy('id').limit(1).executeTakeFirst()

async function countPictures(db: Database): Promise<number> {
  const query = db.selectFrom('pictures').select((e) => e.fn.countAll<number>().as('pictures'))
  return (await query.executeTakeFirstOrThrow()).pictures
}

/** Forgets keys that no picture needs anymore. One that a running process still uses comes back with its next picture. */
async function deleteUnusedKeys(db: Database): Promise<void> {
  for (const { id } of await db.selectFrom('data_keys').select('id').execute())
    await sql`delete from data_keys where id = ${id} and not exists (select 1 from pictures
      where ${sql.raw(IS_ENCRYPTED)} and substr(copy, 1, 8) = ${encryptedStart(id)})`.execute(db)
}
