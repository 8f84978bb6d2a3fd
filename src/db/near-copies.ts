import { blockPictures, isNearCopy, type PictureHashes } from './blocked-pictures.ts'
import type { Database } from './connection.ts'
import { noteForgotten } from './forgettings.ts'
import type { Kysely, Transaction } from './kysely.ts'
import { deleteUnused } from './labels.ts'
import type { Schema } from './schema.ts'
import { inTransaction, lockBlocking, lockDataset } from './transactions.ts'

/** A picture wherever it is; `id` of its row. */
type Found = PictureHashes & { id: number }

/** Rows that are compared at once: some hundred bytes each. */
const PAGE = 5_000

/** The pictures of all servers that have the same pixels as one, or are near copies of it. */
export async function findEverywhere(
  db: Kysely<Schema>,
  { pixelHash, perceptualHash }: PictureHashes,
): Promise<Found[]> {
  const found: Found[] = []
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('pictures')
      .select(['id', 'pixel_hash', 'perceptual_hash'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      const hash = BigInt(`0x${row.perceptual_hash}`)
      if (row.pixel_hash.equals(pixelHash) || isNearCopy(hash, perceptualHash))
        found.push({ id: row.id, pixelHash: row.pixel_hash, perceptualHash: hash })
    }
    const last = rows.at(-1)
    if (!last) return found
    after = last.id
  }
}

/** The hashes of an example's picture; undefined where the dataset has no such example. */
export async function readHashes(db: Database, dataset: number, example: number): Promise<PictureHashes | undefined> {
  const row = await db
    .selectFrom('examples')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['pixel_hash', 'perceptual_hash'])
    .where('examples.id', '=', example)
    .where('pictures.dataset', '=', dataset)
    .limit(1)
    .executeTakeFirst()
  return row && { pixelHash: row.pixel_hash, perceptualHash: BigInt(`0x${row.perceptual_hash}`) }
}

/** Where some pictures are, and who added them. */
export type Place = { server: string; dataset: string; label: string; file: string; by: string; example: number }

/** @param limit of those that are listed; `total`: how many there are */
export async function listPlaces(
  db: Kysely<Schema>,
  pictures: number[],
  limit: number,
): Promise<{ places: Place[]; total: number }> {
  const examples = db.selectFrom('examples').where('picture', 'in', pictures)
  const places = await examples
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('datasets', 'datasets.id', 'labels.dataset')
    .select(['server', 'datasets.name as dataset', 'labels.name as label', 'file', 'filed_by as by'])
    .select('examples.id as example')
    .orderBy('examples.id')
    .limit(limit)
    .execute()
  const { total } = await examples.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { places, total }
}

/** `examples`: removed from labels; `datasets`: in which, whose next versions are trained without them. */
type Removed = { pictures: number; examples: number; datasets: number[] }

/**
 * Removes a picture and its near copies from all servers for good, and keeps them out from now on. Versions that may have
 * learned from them go as those do that learned from what was forgotten.
 */
export function removeEverywhere(db: Database, hashes: PictureHashes, by: string): Promise<Removed> {
  return inTransaction(db, async (t) => {
    await lockBlocking(t)
    const found = await findEverywhere(t, hashes)
    const byDataset = new Map<number, { examples: number; pictures: number[] }>()
    for (const { id, dataset } of await lockDatasetsOf(t, found)) {
      const { numDeletedRows } = await t.deleteFrom('examples').where('picture', '=', id).executeTakeFirstOrThrow()
      const sum = byDataset.get(dataset) ?? { examples: 0, pictures: [] }
      sum.examples += Number(numDeletedRows)
      sum.pictures.push(id)
      byDataset.set(dataset, sum)
    }
    for (const [dataset, { examples, pictures }] of byDataset) {
      await deleteUnused(t, dataset, pictures)
      await noteForgotten(t, dataset, { by, examples })
    }
    await blockPictures(t, [hashes, ...found], by)
    const examples = [...byDataset.values()].reduce((sum, d) => sum + d.examples, 0)
    return { pictures: found.length, examples, datasets: [...byDataset.keys()] }
  })
}

/** Where pictures are; each dataset is this transaction's until it ends. */
async function lockDatasetsOf(t: Transaction<Schema>, pictures: readonly { id: number }[]) {
  const ids = pictures.map(({ id }) => id)
  const rows = await t.selectFrom('pictures').select(['id', 'dataset']).where('id', 'in', ids).orderBy('id').execute()
  for (const dataset of new Set(rows.map((row) => row.dataset).toSorted((a, b) => a - b))) await lockDataset(t, dataset)
  return rows
}
