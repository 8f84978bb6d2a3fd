import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { ExampleBefore } from './decisions.ts'
import { openCopies } from './objects/open-copies.ts'
import type { LivingState } from './schema.ts'

/** Examples with their copies that are in memory at once, some 40 KB each. */
const PAGE = 50

type InDataset = { dataset: number; seesAll: boolean }

/**
 * The ids of all examples of a dataset, excluded and withdrawn ones included, in the order in which they were added.
 * @param where `seesAll`: those from age-restricted channels, too. @returns `hidden`: how many such are left out
 */
export async function listStoredExamples(
  db: Database,
  { dataset, seesAll }: InDataset,
): Promise<{ ids: Float64Array; hidden: number }> {
  const rows = await db
    .selectFrom('labels')
    .innerJoin('examples', 'examples.label', 'labels.id')
    .select(['examples.id', 'age_restricted'])
    .where('labels.dataset', '=', dataset)
    .where('labels.deleted_at', 'is', null)
    .where('examples.state', '<>', 'deleted')
    .execute()
  const shown = seesAll ? rows : rows.filter((row) => row.age_restricted === 0)
  return { ids: Float64Array.from(shown, (row) => row.id).sort(), hidden: rows.length - shown.length }
}

type Row = Omit<Awaited<ReturnType<typeof readPage>>[number], 'copy'>

/** An example with all that is kept of it and of its picture, and the stored copy (JPEG). */
export type StoredExample = Row & { copy: Buffer }
/** One, by id, whose copy the bucket lost or changed. */
type UnreadableExample = { unreadable: number }

/** Some examples by id, those that are still there, with their copies. */
export async function* readStoredExamples(
  db: Database,
  ids: Float64Array,
): AsyncGenerator<StoredExample | UnreadableExample> {
  for (let start = 0; start < ids.length; start += PAGE)
    for (const { copy, ...row } of await readPage(db, [...ids.subarray(start, start + PAGE)]))
      yield copy ? { ...row, copy } : { unreadable: row.id }
}

async function readPage(db: Database, ids: number[]) {
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'labels.name as label', 'file', 'filed_at', 'filed_by', 'posted_by', 'state', 'vouched'])
    .select([
      'age_restricted',
      'pixel_hash',
      'file_hash',
      'perceptual_hash',
      'copy',
      'object',
      'width',
      'height',
      'contrast',
    ])
    .where('examples.id', 'in', ids)
    .where('examples.state', '<>', 'deleted')
    .$narrowType<{ state: LivingState }>()
    .orderBy('examples.id')
    .execute()
  // All that lies beside a blob is freed with it.
  const read = rows.map((row) => ({
    ...row,
    pixel_hash: Buffer.from(row.pixel_hash),
    file_hash: Buffer.from(row.file_hash),
  }))
  const copies = await openCopies(db, rows)
  return read.map(({ object: _, ...row }, i) => ({ ...row, copy: copies[i] }))
}

/** A decision; `beforeLabel`, `afterLabel`: what those labels are called now, of which it keeps the ids. Null: they are gone. */
export type StoredDecision = Awaited<ReturnType<typeof readDecisions>>[number]

/** What reviewers decided about some examples, in the order in which they did. */
export async function* readStoredDecisions(db: Database, ids: Float64Array): AsyncGenerator<StoredDecision> {
  const reviews: number[] = []
  for (const some of chunks(Array.from(ids))) {
    const rows = await db.selectFrom('reviews').select('id').where('example', 'in', some).execute()
    for (const row of rows) reviews.push(row.id)
  }
  for (const some of chunks(Array.from(Float64Array.from(reviews).sort()))) yield* await readDecisions(db, some)
}

async function readDecisions(db: Database, ids: number[]) {
  const rows = await db.selectFrom('reviews').selectAll().where('id', 'in', ids).orderBy('id').execute()
  const decisions = rows.map((row) => ({
    ...row,
    before: row.before === null ? null : ExampleBefore.parse(JSON.parse(row.before)),
  }))
  const names = await readLabelNames(
    db,
    decisions.flatMap(({ before }) => [before?.labelId, before?.after?.labelId].filter((id) => id !== undefined)),
  )
  const nameOf = (id: number | undefined): string | null => (id === undefined ? null : (names.get(id) ?? null))
  return decisions.map((decision) => ({
    ...decision,
    beforeLabel: nameOf(decision.before?.labelId),
    afterLabel: nameOf(decision.before?.after?.labelId),
  }))
}

async function readLabelNames(db: Database, ids: number[]): Promise<Map<number, string>> {
  const names = new Map<number, string>()
  for (const some of chunks([...new Set(ids)])) {
    const query = db.selectFrom('labels').select(['id', 'name']).where('id', 'in', some)
    for (const { id, name } of await query.where('deleted_at', 'is', null).execute()) names.set(id, name)
  }
  return names
}
