import { UserError } from '../../errors.ts'
import type { Database } from '../connection.ts'
import { inTransaction } from '../transactions.ts'
import { requireBucket } from './bucket-of.ts'
import { openCopies, openCopy, type StoredCopy } from './open-copies.ts'
import { claimObjects, dropObjects, type PlacedCopy, placeInDatabase, putCopies } from './put-copies.ts'

type CopyRow = StoredCopy & { id: number }
export type Place = 'bucket' | 'database'

/** `unreadable`: those that the bucket lost or changed, which stay as they are. */
export type Rewritten = { changed: number; unreadable: number }

/**
 * Places the copies of some pictures anew, encrypted with the first key, and checks each before its row is changed. What is
 * changed meanwhile stays as it is. @param rows at most some dozens; their blobs are freed
 * Throws UserError data.*, bucket.*
 */
export async function rewriteCopies(db: Database, rows: readonly CopyRow[], to: Place): Promise<Rewritten> {
  if (rows.length === 0) return { changed: 0, unreadable: 0 }
  const copies = await openCopies(db, rows)
  const readable = rows.flatMap(({ id, object }, i) => {
    const copy = copies[i]
    return copy ? [{ id, object, copy }] : []
  })
  const unreadable = rows.length - readable.length
  const bytes = readable.map(({ copy }) => copy)
  const placed =
    to === 'bucket' ? await putCopies(db, requireBucket(db), bytes) : bytes.map((c) => placeInDatabase(db, c))
  await checkPlaced(db, placed, bytes)
  const changed = await inTransaction(db, async (t) => {
    const used: PlacedCopy[] = []
    for (const [i, { id, object }] of readable.entries()) {
      const values = placed[i]
      if (!values) continue
      const { numUpdatedRows } = await t
        .updateTable('pictures')
        .set(values)
        .where('id', '=', id)
        .where('object', object === null ? 'is' : '=', object)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows > 0n) used.push(values)
    }
    await claimObjects(t, used)
    return used
  })
  if (changed.length < placed.length) await dropObjects(db, placed)
  return { changed: changed.length, unreadable }
}

/** Throws UserError data.damaged where what was written is not what is read. */
async function checkPlaced(db: Database, placed: PlacedCopy[], copies: readonly Buffer[]): Promise<void> {
  const read = await Promise.all(placed.map((one) => (one.object === null ? undefined : openCopy(db, one))))
  if (read.some((copy, i) => copy && !copies[i]?.equals(copy)))
    throw new UserError('data.damaged', 'Expected the bucket to give what was put there, received something else')
}
