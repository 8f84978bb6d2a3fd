import type { Transaction } from 'kysely'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { openCopies, openCopy } from './objects/open-copies.ts'
import { claimObjects, type PlacedCopy } from './objects/put-copies.ts'
import type { Schema } from './schema.ts'

/** `copy`: JPEG of at most 512 pixels a side. Sizes in pixels; `contrast` from 0 to 128. */
export type NewPicture = {
  fileHash: Buffer
  pixelHash: Buffer
  perceptualHash: bigint
  copy: Buffer
  width: number
  height: number
  contrast: number
}

/** One whose copy is encrypted and, where it goes to a bucket, there already. */
export type PlacedPicture = Omit<NewPicture, 'copy'> & { placed: PlacedCopy }

/** The id of the picture of these pixels, which is added where the dataset has none. */
export async function upsertPicture(t: Transaction<Schema>, dataset: number, picture: PlacedPicture): Promise<number> {
  const { pixelHash, placed, width, height, contrast } = picture
  const perceptual_hash = picture.perceptualHash.toString(16)
  const added = await t
    .insertInto('pictures')
    .values({
      dataset,
      pixel_hash: pixelHash,
      file_hash: picture.fileHash,
      perceptual_hash,
      ...placed,
      width,
      height,
      contrast,
    })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) {
    await claimObjects(t, [placed])
    return added.id
  }
  const query = t.selectFrom('pictures').select('id').where('dataset', '=', dataset).where('pixel_hash', '=', pixelHash)
  return (await query.limit(1).executeTakeFirstOrThrow()).id
}

/** SHA-256 of a file, or of its decoded pixels. */
type PictureHash = { fileHash: Buffer } | { pixelHash: Buffer }

/** The id of a dataset's picture; undefined where it has none of this hash. */
export async function findPicture(db: Database, dataset: number, hash: PictureHash): Promise<number | undefined> {
  const some = db.selectFrom('pictures').select('id').where('dataset', '=', dataset)
  const found =
    'fileHash' in hash ? some.where('file_hash', '=', hash.fileHash) : some.where('pixel_hash', '=', hash.pixelHash)
  return (await found.limit(1).executeTakeFirst())?.id
}

/** A picture's stored copy (JPEG); undefined where it was deleted meanwhile. Throws UserError picture.gone, data.*, bucket.* */
export async function readCopy(db: Database, picture: number): Promise<Uint8Array | undefined> {
  const query = db.selectFrom('pictures').select(['copy', 'object']).where('id', '=', picture)
  const row = await query.limit(1).executeTakeFirst()
  return row && new Uint8Array(await openCopy(db, row))
}

/**
 * The stored copies (JPEG) of some examples by the example's id, ascending; only of those that are still there, that
 * everybody may look at, and that can be read. Throws UserError data.*, bucket.*
 */
export const readCopies = async (db: Database, dataset: number, examples: number[]): Promise<Map<number, Uint8Array>> =>
  (await readSome(db, dataset, { examples, isShownToAll: true })).copies

/** The same with those that were added in age-restricted channels: to be shown in such ones alone, or only computed with. */
export const readAllCopies = async (
  db: Database,
  dataset: number,
  examples: number[],
): Promise<Map<number, Uint8Array>> => (await readSome(db, dataset, { examples, isShownToAll: false })).copies

/** How many of some examples were added in age-restricted channels. */
export async function countRestricted(db: Database, examples: number[]): Promise<number> {
  let restricted = 0
  for (const some of chunks(examples)) {
    const query = db.selectFrom('examples').select((e) => e.fn.countAll<number>().as('n'))
    const { n } = await query.where('id', 'in', some).where('age_restricted', '=', 1).executeTakeFirstOrThrow()
    restricted += n
  }
  return restricted
}

type Some = { examples: number[]; isShownToAll: boolean }
/** `unreadable`: how many the bucket lost or changed. */
type Found = { copies: Map<number, Uint8Array>; unreadable: number }

export async function readSome(db: Database, dataset: number, { examples, isShownToAll }: Some): Promise<Found> {
  const all = db
    .selectFrom('examples')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'copy', 'object'])
    .where('pictures.dataset', '=', dataset)
    .where('examples.id', 'in', examples)
    .orderBy('examples.id')
  const rows = await (isShownToAll ? all.where('age_restricted', '=', 0) : all).execute()
  const opened = await openCopies(db, rows)
  const found = rows.flatMap(({ id }, i): [number, Buffer][] => {
    const copy = opened[i]
    return copy ? [[id, copy]] : []
  })
  return { copies: new Map(found), unreadable: rows.length - found.length }
}
