import { type Progress, pictureProgress } from '../progress.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'

/**
 * Encrypts every picture with the first key, or decrypts all where there is none any more. Yields how many it has looked
 * at. @returns how many it changed. Throws UserError data.key-missing, data.damaged
 */
export async function* reencryptPictures(db: Database): AsyncGenerator<Progress, number> {
  const { encrypt, decrypt, isCurrent } = encryptionOf(db)
  const ids = await db.selectFrom('pictures').select('id').orderBy('id').execute()
  let changed = 0
  for (const [i, { id }] of ids.entries()) {
    const row = await db.selectFrom('pictures').select('copy').where('id', '=', id).executeTakeFirst()
    if (row && !isCurrent(row.copy)) {
      const copy = encrypt(decrypt(row.copy))
      await db.updateTable('pictures').set({ copy }).where('id', '=', id).execute()
      changed++
    }
    yield pictureProgress(i + 1, ids.length)
  }
  return changed
}
