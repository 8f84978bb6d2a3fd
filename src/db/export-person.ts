import type { Database } from './connection.ts'
import { listIgnoring } from './ignored.ts'
import { sql } from './kysely.ts'
import { openCopies } from './objects/open-copies.ts'
import type { Person } from './people.ts'

/** Rows read at once. */
const PAGE = 1000

/** What is kept of a person beside the pictures: what they said about answers, what they decided, and what they changed. */
export async function readPerson(db: Database, { by, server }: Person) {
  const here = server === undefined ? sql<boolean>`true` : sql<boolean>`server = ${server}`
  const feedback = await readPages((after) =>
    db
      .selectFrom('feedback')
      .innerJoin('datasets', 'datasets.id', 'feedback.dataset')
      .select(['feedback.id', 'server', 'datasets.name as dataset', 'feedback.version', 'said', 'right', 'truth', 'at'])
      .where(here)
      .where('by', '=', by)
      .where('feedback.id', '>', after)
      .orderBy('feedback.id')
      .limit(PAGE)
      .execute(),
  )
  const decisions = await readPages((after) =>
    db
      .selectFrom('reviews')
      .innerJoin('datasets', 'datasets.id', 'reviews.dataset')
      .select(['reviews.id', 'server', 'datasets.name as dataset', 'example', 'decision', 'label', 'at', 'state'])
      .where(here)
      .where('by', '=', by)
      .where('reviews.id', '>', after)
      .orderBy('reviews.id')
      .limit(PAGE)
      .execute(),
  )
  const rows = await readPages((after) =>
    db
      .selectFrom('audit')
      .select(['id', 'server', 'at', 'action', 'detail'])
      .where(here)
      .where('by', '=', by)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute(),
  )
  const changes = rows.map((row) => {
    const detail: object = JSON.parse(row.detail)
    return { ...row, detail }
  })
  const ignored = await listIgnoring(db, { by, server })
  return { feedback: withoutIds(feedback), decisions: withoutIds(decisions), changes: withoutIds(changes), ignored }
}

const withoutIds = <T extends { id: number }>(rows: T[]): Omit<T, 'id'>[] => rows.map(({ id: _, ...row }) => row)

async function readPages<T extends { id: number }>(readPage: (after: number) => Promise<T[]>): Promise<T[]> {
  const all: T[] = []
  for (let page: T[] = []; ; ) {
    page = await readPage(all.at(-1)?.id ?? 0)
    all.push(...page)
    if (page.length < PAGE) return all
  }
}

/** Copies in memory at once, some 40 KB each. */
const COPIES = 50

/**
 * The pictures that a person added, then those that they posted and let others add, with their stored copies (JPEG), one
 * after the other. `addedBy`: a person's id. `copy` undefined: it cannot be read.
 */
export async function* readPicturesOf(db: Database, person: Person) {
  yield* readPictures(db, person, 'filed_by')
  yield* readPictures(db, person, 'posted_by')
}

async function* readPictures(db: Database, person: Person, column: 'filed_by' | 'posted_by') {
  for (let last = 0; ; ) {
    const rows = await picturesAfter(db, { ...person, column, after: last }).execute()
    const copies = await openCopies(db, rows)
    for (const [i, { object: _, ...row }] of rows.entries()) yield { ...row, copy: copies[i] }
    last = rows.at(-1)?.id ?? last
    if (rows.length < COPIES) return
  }
}

type PictureQuery = Person & { column: 'filed_by' | 'posted_by'; after: number }

/** Along the index of who added them: one that began with the server's labels would sort them all for each page. */
function picturesAfter(db: Database, { server, by, column, after }: PictureQuery) {
  const query = db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('datasets', 'datasets.id', 'labels.dataset')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'server', 'datasets.name as dataset', 'labels.name as label'])
    .select(['file', 'filed_at', 'filed_by as addedBy', 'state', 'copy', 'object'])
    .where(column, '=', by)
    .where('examples.id', '>', after)
    .orderBy('examples.id')
    .limit(COPIES)
  // Nobody is asked whether they agree to what they add themselves; should it say so, it is listed once.
  const once = column === 'posted_by' ? query.where('filed_by', '!=', by) : query
  return server === undefined ? once : once.where(sql`(datasets.server || '')`, '=', server)
}
