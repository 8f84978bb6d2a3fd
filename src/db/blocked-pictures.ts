import { hashDistance, MAX_HASH_DISTANCE } from '../../models/label-issues/near-duplicate-hashes.ts'
import { writeChange } from './audit.ts'
import { ABOUT_ALL } from './blocks.ts'
import type { Database } from './connection.ts'
import type { Transaction } from './kysely.ts'
import type { NewPicture } from './pictures.ts'
import type { Schema } from './schema.ts'
import { inTransaction } from './transactions.ts'

/** What a picture is recognized by: SHA-256 of its pixels, and the 64 bits that near copies share most of. */
export type PictureHashes = { pixelHash: Buffer; perceptualHash: bigint }

/** Ones of 64 bits: half of them, but in a blank picture, whose hash tells nothing. */
const LEAST_ONES = 8

/** Whether two pictures are near copies. */
export const isNearCopy = (a: bigint, b: bigint): boolean =>
  hashDistance(a, b) <= MAX_HASH_DISTANCE && hashDistance(a, 0n) >= LEAST_ONES

/** Which of some pictures are kept out: the same pixels, or near copies. */
export async function findBlocked<P extends Pick<NewPicture, 'pixelHash' | 'perceptualHash'>>(
  t: Database,
  pictures: P[],
): Promise<Set<P>> {
  const blocked = await t.selectFrom('blocked_pictures').select(['pixel_hash', 'perceptual_hash']).execute()
  if (blocked.length === 0) return new Set()
  const exact = new Set(blocked.map((b) => b.pixel_hash.toString('hex')))
  const near = blocked.map((b) => BigInt(`0x${b.perceptual_hash}`))
  return new Set(
    pictures.filter(
      ({ pixelHash, perceptualHash }) =>
        exact.has(pixelHash.toString('hex')) || near.some((hash) => isNearCopy(hash, perceptualHash)),
    ),
  )
}

/** Keeps pictures out from now on. Nothing of them is stored but these hashes. */
export async function blockPictures(t: Transaction<Schema>, pictures: PictureHashes[], by: string): Promise<void> {
  const at = new Date().toISOString()
  for (const { pixelHash, perceptualHash } of pictures)
    await t
      .insertInto('blocked_pictures')
      .values({ pixel_hash: pixelHash, perceptual_hash: perceptualHash.toString(16), at, by })
      .onConflict((c) => c.doNothing())
      .execute()
  await writeChange(t, { ...ABOUT_ALL, by, action: 'pictures blocked', detail: { pictures: pictures.length } })
}

/** Pictures that are kept out, by the number that `pictures allow` takes; the latest first. */
export const listBlockedPictures = (db: Database) =>
  db.selectFrom('blocked_pictures').select(['id', 'at', 'by']).orderBy('id', 'desc').execute()

/** Lets a picture be added again. @returns false where there is none of this number */
export function allowPicture(db: Database, { id, by }: { id: number; by: string }): Promise<boolean> {
  return inTransaction(db, async (t) => {
    const { numDeletedRows } = await t.deleteFrom('blocked_pictures').where('id', '=', id).executeTakeFirstOrThrow()
    if (numDeletedRows === 0n) return false
    await writeChange(t, { ...ABOUT_ALL, by, action: 'pictures allowed', detail: { id } })
    return true
  })
}
