import { randomInt } from 'node:crypto'
import { type Progress, pictureProgress } from '../../progress.ts'
import type { Database } from '../connection.ts'
import { openCopies, type StoredCopy } from './open-copies.ts'

/** Copies in memory at once, some 40 KB each. */
const PAGE = 50
/** Pictures without a copy that are named, of all. */
const MOST_NAMED = 50
/** Ids that are drawn for each picture of a sample: many are of pictures that were deleted. */
const DRAWN = 20

/** `unreadable`: how many the bucket lost or changed; `named`: the first of their examples, by dataset. */
export type CheckedPictures = {
  checked: number
  unreadable: number
  named: { example: number; dataset: string; server: string }[]
}

/** Reads every copy in the bucket. Yields how many it has read. Throws UserError bucket.*, data.key-missing */
export async function* checkPictures(db: Database): AsyncGenerator<Progress, CheckedPictures> {
  const all: CheckedPictures = { checked: 0, unreadable: 0, named: [] }
  const total = await countInBucket(db)
  for (let last = 0; ; ) {
    const rows = await inBucket(db).where('id', '>', last).orderBy('id').limit(PAGE).execute()
    const end = rows.at(-1)
    if (!end) return all
    last = end.id
    await checkRows(db, rows, all)
    yield pictureProgress(all.checked, Math.max(total, all.checked))
  }
}

/** The same of some pictures at random. */
export async function checkSample(db: Database, size: number): Promise<CheckedPictures> {
  const found: CheckedPictures = { checked: 0, unreadable: 0, named: [] }
  const { last } = await db
    .selectFrom('pictures')
    .select((e) => e.fn.max<number | null>('id').as('last'))
    .executeTakeFirstOrThrow()
  if (last === null) return found
  const ids = Array.from({ length: size * DRAWN }, () => randomInt(1, last + 1))
  const drawn = await inBucket(db).where('id', 'in', ids).limit(size).execute()
  const rows = drawn.length > 0 ? drawn : await inBucket(db).limit(size).execute()
  await checkRows(db, rows, found)
  return found
}

const inBucket = (db: Database) =>
  db.selectFrom('pictures').select(['id', 'copy', 'object']).where('object', 'is not', null)

export async function countInBucket(db: Database): Promise<number> {
  const query = db.selectFrom('pictures').select((e) => e.fn.countAll<number>().as('n'))
  return (await query.where('object', 'is not', null).executeTakeFirstOrThrow()).n
}

async function checkRows(db: Database, rows: (StoredCopy & { id: number })[], all: CheckedPictures): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const copies = await openCopies(db, rows)
  const lost = ids.filter((_, i) => !copies[i])
  all.checked += ids.length
  all.unreadable += lost.length
  const left = MOST_NAMED - all.named.length
  if (lost.length > 0 && left > 0) all.named.push(...(await nameExamples(db, lost, left)))
}

const nameExamples = (db: Database, pictures: number[], limit: number) =>
  db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('datasets', 'datasets.id', 'labels.dataset')
    .select(['examples.id as example', 'datasets.name as dataset', 'datasets.server'])
    .where('examples.picture', 'in', pictures)
    .where('examples.state', '<>', 'deleted')
    .orderBy('examples.id')
    .limit(limit)
    .execute()
