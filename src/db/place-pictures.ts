import { findBlocked } from './blocked-pictures.ts'
import type { Database } from './connection.ts'
import { bucketOf } from './objects/bucket-of.ts'
import { placeInDatabase, putCopies } from './objects/put-copies.ts'
import type { NewPicture, PlacedPicture } from './pictures.ts'

/**
 * Encrypts the copies of pictures that are about to be added, and puts those that a dataset does not have into the bucket, if
 * there is one; never within a transaction. One that turns out to be new after all is kept in the database.
 * @returns in order. Throws UserError bucket.*
 */
export async function placePictures(
  db: Database,
  dataset: number,
  pictures: readonly NewPicture[],
): Promise<PlacedPicture[]> {
  const bucket = bucketOf(db)
  if (!bucket) return pictures.map(({ copy, ...picture }) => ({ ...picture, placed: placeInDatabase(db, copy) }))
  const known = await listKnown(db, dataset, pictures)
  // What is kept out is refused later, and must not even pass through.
  const blocked = await findBlocked(db, [...pictures])
  const isNew = (picture: NewPicture): boolean => !known.has(picture.pixelHash.toString('hex')) && !blocked.has(picture)
  const put = await putCopies(
    db,
    bucket,
    pictures.filter(isNew).map(({ copy }) => copy),
  )
  const next = put.values()
  return pictures.map((picture) => {
    const { copy, ...rest } = picture
    const placed = isNew(picture) ? next.next().value : undefined
    return { ...rest, placed: placed ?? placeInDatabase(db, copy) }
  })
}

async function listKnown(db: Database, dataset: number, pictures: readonly NewPicture[]): Promise<Set<string>> {
  const hashes = pictures.map(({ pixelHash }) => pixelHash)
  const query = db.selectFrom('pictures').select('pixel_hash').where('dataset', '=', dataset)
  const rows = hashes.length === 0 ? [] : await query.where('pixel_hash', 'in', hashes).execute()
  return new Set(rows.map((row) => row.pixel_hash.toString('hex')))
}
