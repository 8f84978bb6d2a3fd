import SQLite from 'better-sqlite3'
import type { Database } from '../connection.ts'
import { syncFile } from '../copies.ts'
import { encryptionOf } from '../encryption.ts'
import { requireBucket } from './bucket-of.ts'
import { isUnreadable } from './open-copies.ts'

/** Copies in memory at once, some 40 KB each. */
const PAGE = 50

type Row = { id: number; copy: Buffer; object: string }

/**
 * Writes the pictures that a backup has in the bucket into its file, as encrypted as they are there, so that it needs no bucket
 * anymore. One that the bucket lost or changed stays as it is. @param db what the backup is of
 * @returns how many these are. Throws UserError bucket.*, data.key-missing
 */
export async function includeCopies(db: Database, file: string): Promise<number> {
  const backup = new SQLite(file)
  try {
    // The objects stay those of the database, and the backup has nothing to delete.
    const trigger = backup.prepare<[], string>(`select sql from sqlite_schema where name = 'pictures_object_changed'`)
    const changed = trigger.pluck().get() ?? ''
    backup.exec('drop trigger pictures_object_changed; delete from unreferenced_objects')
    const next = backup.prepare<[number], Row>(
      `select id, copy, object from pictures where object is not null and id > ? order by id limit ${PAGE}`,
    )
    const update = backup.prepare('update pictures set copy = ?, object = null, object_bytes = null where id = ?')
    let lost = 0
    for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.id ?? 0)) {
      const found = await Promise.all(rows.map((row) => readEncrypted(db, row)))
      backup.transaction(() => {
        for (const [i, { id }] of rows.entries()) if (found[i]) update.run(found[i], id)
      })()
      lost += found.filter((copy) => !copy).length
    }
    backup.exec(changed)
    return lost
  } finally {
    backup.close()
    syncFile(file)
  }
}

/** Undefined: it is not what was put there. */
async function readEncrypted(db: Database, { copy, object }: Row): Promise<Buffer | undefined> {
  const text = await requireBucket(db).get(object)
  if (!text) return undefined
  const encrypted = Buffer.concat([copy, text])
  try {
    encryptionOf(db).decrypt(encrypted)
    return encrypted
  } catch (error) {
    if (isUnreadable(error)) return undefined
    throw error
  }
}
