import { randomBytes } from 'node:crypto'
import { UserError } from '../../errors.ts'
import type { Database } from '../connection.ts'
import { encryptionOf, HEAD_BYTES } from '../encryption.ts'
import type { Transaction } from '../kysely.ts'
import type { Schema } from '../schema.ts'
import type { Bucket } from './bucket.ts'
import type { StoredCopy } from './open-copies.ts'

/** How long an object may wait for its row: longer than every attempt to put it, and every transaction, takes. */
const UNCLAIMED_MS = 3_600_000
const KEY_BYTES = 16

/** A copy as a row keeps it. `object_bytes`: of its object. */
export type PlacedCopy = StoredCopy & { object_bytes: number | null }

/** Names nothing of the picture: of two servers' same pictures nobody can tell that they are the same. */
function newKey(): string {
  const name = randomBytes(KEY_BYTES).toString('hex')
  return `${name.slice(0, 2)}/${name.slice(2)}`
}

/** A copy in the database, encrypted where there is a key. */
export const placeInDatabase = (db: Database, copy: Uint8Array): PlacedCopy => ({
  copy: encryptionOf(db).encrypt(copy),
  object: null,
  object_bytes: null,
})

/**
 * Puts encrypted copies into the bucket, outside of any transaction. Their keys are noted first, so that whatever never gets
 * a row is deleted (sweep-objects.ts). Of one that is undefined, which was lost, nothing is put. @returns in order, for rows that `claimObjects` in the transaction that writes them
 * Throws UserError bucket.*
 */
export async function putCopies(
  db: Database,
  bucket: Bucket,
  copies: readonly (Uint8Array | undefined)[],
): Promise<PlacedCopy[]> {
  if (copies.length === 0) return []
  const placed = copies.map((copy) => {
    const encrypted = encryptionOf(db).encrypt(copy ?? new Uint8Array())
    const text = encrypted.subarray(HEAD_BYTES)
    return { copy: encrypted.subarray(0, HEAD_BYTES), object: newKey(), object_bytes: text.length, text: copy && text }
  })
  const at = Date.now() + UNCLAIMED_MS
  await db
    .insertInto('unreferenced_objects')
    .values(placed.map(({ object }) => ({ key: object, at })))
    .execute()
  const puts = await Promise.allSettled(placed.map(async ({ object, text }) => text && bucket.put(object, text)))
  // One that seems to have failed may still arrive: its key stays noted.
  const failed = puts.find((put) => put.status === 'rejected')
  if (failed) throw failed.reason
  return placed.map(({ text: _, ...rest }) => rest)
}

/** In the transaction that gives objects their rows. Throws UserError bucket.unreachable where they may be deleted already */
export async function claimObjects(t: Transaction<Schema>, placed: readonly StoredCopy[]): Promise<void> {
  const keys = placed.flatMap(({ object }) => object ?? [])
  if (keys.length === 0) return
  const { numDeletedRows } = await t
    .deleteFrom('unreferenced_objects')
    .where('key', 'in', keys)
    .where('at', '>', Date.now())
    .executeTakeFirstOrThrow()
  if (Number(numDeletedRows) !== keys.length)
    throw new UserError(
      'bucket.unreachable',
      'Expected pictures to be written soon after the bucket has them, it took too long: try again',
      { found: 'too late' },
    )
}

/** Objects that no row took after all are deleted with the next sweep. */
export async function dropObjects(db: Database, placed: readonly StoredCopy[]): Promise<void> {
  const keys = placed.flatMap(({ object }) => object ?? [])
  if (keys.length > 0) await db.updateTable('unreferenced_objects').set({ at: 0 }).where('key', 'in', keys).execute()
}
