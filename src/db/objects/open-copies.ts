import { UserError } from '../../errors.ts'
import type { Database } from '../connection.ts'
import { encryptionOf } from '../encryption.ts'
import { freeBlobs } from '../free-blobs.ts'
import { requireBucket } from './bucket-of.ts'

/**
 * What a row keeps of a picture's copy. `object` null: all of it, in `copy`. Otherwise the key of the object that has the
 * ciphertext; `copy` has what comes before it, so that one object in another's place is noticed, and none is read without its row.
 */
export type StoredCopy = { copy: Buffer; object: string | null }

/** Why a copy in the bucket cannot be read: its object is gone, or was changed. */
const UNREADABLE = ['picture.gone', 'data.damaged']
export const isUnreadable = (error: unknown): boolean => error instanceof UserError && UNREADABLE.includes(error.code)

/** A copy (JPEG). Throws UserError picture.gone, data.damaged, data.key-missing, bucket.* */
export async function openCopy(db: Database, { copy, object }: StoredCopy): Promise<Buffer> {
  if (object === null) return encryptionOf(db).decrypt(copy)
  // Its own bytes, which nobody frees meanwhile.
  const head = Buffer.from(copy)
  const text = await requireBucket(db).get(object)
  if (!text)
    throw new UserError('picture.gone', `Expected the bucket to have the object ${object}, found none`, { object })
  return encryptionOf(db).decrypt(Buffer.concat([head, text]))
}

/**
 * The copies of some rows, in order, and frees what was read of them. Undefined: the bucket lost it, or has something else.
 * Throws UserError data.*, bucket.* where none can be read
 */
export async function openCopies(db: Database, rows: readonly StoredCopy[]): Promise<(Buffer | undefined)[]> {
  const opened = await Promise.all(
    rows.map((row) =>
      openCopy(db, row).catch((error: unknown) => {
        if (row.object !== null && isUnreadable(error)) return undefined
        throw error
      }),
    ),
  )
  freeBlobs(rows.map((row) => row.copy))
  return opened
}
