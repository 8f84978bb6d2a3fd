import type { Database } from '../connection.ts'
import { isPostgres } from '../engine.ts'
import { sql, type Transaction } from '../kysely.ts'
import type { Schema } from '../schema.ts'
import { bucketOf } from './bucket-of.ts'
import { openCopies } from './open-copies.ts'
import { claimObjects, type PlacedCopy, putCopies } from './put-copies.ts'

/** Copies in memory at once, some 40 KB each. */
const PAGE = 50

/** Pictures of a dataset by id: after one, and up to another. */
type Range = { dataset: number; after: number; last: number }
/** The picture that a copy is of, and where its own lies. */
type CopiedObject = PlacedCopy & { id: number }

/**
 * Gives pictures in the bucket objects of their own for the copy of their dataset, before it has their rows; encrypted anew, so
 * that nobody can tell from the bucket that they are the same. One that the bucket lost is lost in the copy, too.
 */
export async function copyObjects(db: Database, { dataset, after, last }: Range): Promise<CopiedObject[]> {
  const bucket = bucketOf(db)
  if (!bucket) return []
  const copied: CopiedObject[] = []
  for (let from = after; ; ) {
    const rows = await inBucket(db, { dataset, after: from, last })
      .select(['id', 'copy', 'object'])
      .orderBy('id')
      .limit(PAGE)
      .execute()
    const end = rows.at(-1)
    if (!end) return copied
    from = end.id
    const ids = rows.map(({ id }) => id)
    const placed = await putCopies(db, bucket, await openCopies(db, rows))
    copied.push(...placed.flatMap((one, i) => (ids[i] === undefined ? [] : [{ ...one, id: ids[i] }])))
  }
}

/** Whether there are others in the bucket by now: moved there while their objects were copied. */
export async function hasOthers(
  t: Transaction<Schema>,
  range: Range,
  copied: readonly CopiedObject[],
): Promise<boolean> {
  const known = new Set(copied.map(({ id }) => id))
  const rows = await inBucket(t, range).select('id').execute()
  return rows.some(({ id }) => !known.has(id))
}

const inBucket = (db: Database, { dataset, after, last }: Range) =>
  db
    .selectFrom('pictures')
    .where('dataset', '=', dataset)
    .where('id', '>', after)
    .where('id', '<=', last)
    .where('object', 'is not', null)

/** The rows of such pictures in another dataset; only of those that still have an example. */
export async function insertCopied(t: Transaction<Schema>, to: number, copied: readonly CopiedObject[]): Promise<void> {
  if (copied.length === 0) return
  const bytes = sql.raw(isPostgres(t) ? 'bytea' : 'blob')
  const rows = copied.map(
    ({ id, copy, object, object_bytes }) =>
      sql`(cast(${id} as bigint), cast(${copy} as ${bytes}), cast(${object} as text), cast(${object_bytes} as integer))`,
  )
  const inserted = await sql<{ object: string }>`with copied (id, head, own, size) as (values ${sql.join(rows)})
    insert into pictures (dataset, pixel_hash, file_hash, perceptual_hash, copy, object, object_bytes, width, height, contrast)
    select ${to}, pixel_hash, file_hash, perceptual_hash, head, own, size, width, height, contrast
    from copied join pictures as old on old.id = copied.id
    where exists (select 1 from examples where picture = old.id and state <> 'deleted')
    order by old.id
    on conflict do nothing returning object`.execute(t)
  const keys = new Set(inserted.rows.map((row) => row.object))
  await claimObjects(
    t,
    copied.filter(({ object }) => object !== null && keys.has(object)),
  )
}
