import { type Progress, pictureProgress } from '../../progress.ts'
import type { Database } from '../connection.ts'
import { requireBucket } from './bucket-of.ts'
import { type Place, type Rewritten, rewriteCopies } from './rewrite-copies.ts'

/** Copies in memory at once, some 40 KB each. */
const PAGE = 50

/**
 * Moves every copy into the bucket, or back into the database, also those that are added meanwhile; each is checked before it
 * leaves its old place. Cut off, it goes on with the next call. Yields how many it has looked at. Throws UserError data.*, bucket.*
 */
export async function* movePictures(db: Database, to: Place): AsyncGenerator<Progress, Rewritten> {
  requireBucket(db)
  const all: Rewritten = { changed: 0, unreadable: 0 }
  const total = await countElsewhere(db, to)
  for (let last = 0, seen = 0; ; ) {
    const rows = await elsewhere(db, to).select(['id', 'copy', 'object']).where('id', '>', last).limit(PAGE).execute()
    const end = rows.at(-1)
    if (!end) return all
    last = end.id
    const { changed, unreadable } = await rewriteCopies(db, rows, to)
    all.changed += changed
    all.unreadable += unreadable
    seen += rows.length
    yield pictureProgress(seen, Math.max(total, seen))
  }
}

/** By id, which only grow: what is added meanwhile comes later. */
const elsewhere = (db: Database, to: Place) =>
  db
    .selectFrom('pictures')
    .where('object', to === 'bucket' ? 'is' : 'is not', null)
    .orderBy('id')

async function countElsewhere(db: Database, to: Place): Promise<number> {
  const query = elsewhere(db, to)
    .clearOrderBy()
    .select((e) => e.fn.countAll<number>().as('n'))
  return (await query.executeTakeFirstOrThrow()).n
}
