import { type Progress, pictureProgress } from '../progress.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import { isPostgres } from './engine.ts'
import { encryptedStart, IS_ENCRYPTED, IS_ENCRYPTED_POSTGRES } from './key-id.ts'
import { sql } from './kysely.ts'
import type { StoredCopy } from './objects/open-copies.ts'
import { type Rewritten, rewriteCopies } from './objects/rewrite-copies.ts'
import { deleteThumbnails } from './thumbnails.ts'

/** Copies in memory at once, some 40 KB each. */
const PAGE = 50

/**
 * Encrypts every picture with the first key, or decrypts all where there is none anymore; also those that are added
 * meanwhile, each where it lies. Yields how many it has looked at. Throws UserError data.key-missing, data.damaged, bucket.*
 */
export async function* reencryptPictures(db: Database): AsyncGenerator<Progress, Rewritten> {
  const { isCurrent } = encryptionOf(db)
  const total = await countPictures(db)
  const all: Rewritten = { changed: 0, unreadable: 0 }
  // Ids only grow: what is added meanwhile comes later.
  for (let last = 0, seen = 0; ; ) {
    const rows = await readNext(db, last)
    const end = rows.at(-1)
    if (!end) break
    last = end.id
    const old = rows.filter(({ copy }) => !isCurrent(copy))
    for (const [place, isHere] of PLACES) {
      const { changed, unreadable } = await rewriteCopies(db, old.filter(isHere), place)
      all.changed += changed
      all.unreadable += unreadable
    }
    for (const _ of rows) yield pictureProgress(++seen, Math.max(total, seen))
  }
  await deleteThumbnails(db)
  await deleteUnusedKeys(db)
  return all
}

const PLACES = [
  ['database', ({ object }: StoredCopy) => object === null],
  ['bucket', ({ object }: StoredCopy) => object !== null],
] as const

async function readNext(db: Database, last: number) {
  const query = db.selectFrom('pictures').select(['id', 'copy', 'object']).where('id', '>', last)
  const rows = await query.orderBy('id').limit(PAGE).execute()
  // Those of the database are freed first, with all that lies beside them.
  return rows.map((row) => (row.object === null ? row : { ...row, copy: Buffer.from(row.copy) }))
}

async function countPictures(db: Database): Promise<number> {
  const query = db.selectFrom('pictures').select((e) => e.fn.countAll<number>().as('pictures'))
  return (await query.executeTakeFirstOrThrow()).pictures
}

/** Forgets keys that no picture needs anymore. One that a running process still uses comes back with its next picture. */
async function deleteUnusedKeys(db: Database): Promise<void> {
  const isEncrypted = sql.raw(isPostgres(db) ? IS_ENCRYPTED_POSTGRES : IS_ENCRYPTED)
  for (const { id } of await db.selectFrom('data_keys').select('id').execute())
    await sql`delete from data_keys where id = ${id} and not exists (select 1 from pictures
      where ${isEncrypted} and substr(copy, 1, 8) = ${encryptedStart(id)})`.execute(db)
}
