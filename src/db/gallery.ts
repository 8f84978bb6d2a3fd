import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { alongIndex, inThisOrder } from './index-hints.ts'
import { sql } from './kysely.ts'
import type { LivingState } from './schema.ts'

/** In what the database can order examples by itself; `label`: by its name. */
export const DATABASE_SORTS = ['newest', 'oldest', 'label', 'file', 'size'] as const

/** Which examples of a dataset to list. What is left out is not asked for. */
export type GalleryFilter = {
  states: readonly LivingState[]
  /** Ids. */
  labels?: readonly number[] | undefined
  /** Who added them. */
  by?: string | undefined
  /** Part of the file's name, without regard to the case of A to Z. */
  text?: string | undefined
  /** Added from the first moment on and before the second, ISO 8601. */
  since?: string | undefined
  until?: string | undefined
  /** Of the copy, in pixels, at least; and the standard deviation of its grey, 0 to 128, at most. */
  minWidth?: number | undefined
  minHeight?: number | undefined
  maxContrast?: number | undefined
  /** Only what the last training holds to be wrong; where there is a label, only what that fits better. */
  suspects?: boolean | undefined
  suggested?: string | undefined
  /** With those that were added in age-restricted channels. */
  seesAll: boolean
}

type GalleryQuery = GalleryFilter & { sort: (typeof DATABASE_SORTS)[number] }
type Fragment = ReturnType<typeof sql>

/**
 * The ids of a dataset's examples that a filter lets pass, in order. One text of JSON comes out of the database: as rows, a
 * hundred thousand would take ten times as long on the way. No picture is read, and rows of examples only where one has to
 * look at them: in the order of their ids, so that each page of the file is read once.
 */
export async function listGalleryIds(db: Database, dataset: number, query: GalleryQuery): Promise<Uint32Array> {
  const { sort } = query
  const onRows = [...rowConditions(db, query)]
  const onPictures = [...pictureConditions(query)]
  const rowsOf = onRows.length > 0 || onPictures.length > 0 || sort === 'file' || sort === 'size' ? rowsIn(db) : sql``
  const pictures = onPictures.length > 0 || sort === 'size' ? picturesOf(db, dataset) : sql``
  const where = onRows.length + onPictures.length > 0 ? sql`where ${all([...onRows, ...onPictures])}` : sql``
  const { rows } = await sql<{ ids: string }>`select json_group_array(id) as ids from (
    select found.id as id from (${candidates(db, dataset, query)}) as found ${rowsOf} ${pictures} ${where} ${orderOf(db, sort)}
  ) as ordered`.execute(db)
  const ids = new Uint32Array(JSON.parse(rows[0]?.ids ?? '[]'))
  return sort === 'newest' ? ids.reverse() : ids
}

/** Found in indexes, ascending by id. The limit keeps SQLite from leaving the order out. */
function candidates(db: Database, dataset: number, query: GalleryFilter): Fragment {
  const { states, labels, by, suspects, suggested } = query
  const join = inThisOrder(db)
  const isSuspect = suspects || suggested !== undefined
  const tables = isSuspect
    ? sql`suspicions ${join} examples on examples.id = suspicions.example ${join} labels on labels.id = examples.label`
    : sql`labels join examples on examples.label = labels.id`
  const conditions = [sql`labels.dataset = ${dataset}`, sql`labels.deleted_at is null`]
  conditions.push(sql`examples.state in (${sql.join(states)})`)
  if (labels !== undefined) conditions.push(sql`labels.id in (${sql.join(labels)})`)
  if (by !== undefined) conditions.push(sql`examples.filed_by = ${by}`)
  // A reviewer who kept one has said that it is right.
  if (isSuspect) conditions.push(sql`suspicions.dataset = ${dataset}`, sql`examples.vouched = 0`)
  if (suggested !== undefined) conditions.push(sql`suspicions.suggested = ${suggested}`)
  return sql`select examples.id as id, labels.name as name from ${tables} where ${all(conditions)}
    order by examples.id ${isPostgres(db) ? sql`` : sql`limit -1`}`
}

const rowsIn = (db: Database): Fragment => sql`${inThisOrder(db)} examples on examples.id = found.id`
/** What is read of a picture is in this index: the row itself begins with its copy, which is large. */
const picturesOf = (db: Database, dataset: number): Fragment =>
  sql`${inThisOrder(db)} ${alongIndex(db, { table: 'pictures', index: 'pictures_traits' })} on pictures.dataset = ${dataset} and pictures.id = examples.picture`

/** SQLite leaves candidates in their order, and would put them through a second query to sort them again. */
const orderOf = (db: Database, sort: GalleryQuery['sort']): Fragment =>
  isPostgres(db) || !(sort === 'newest' || sort === 'oldest') ? ORDERS[sort] : sql``

const ORDERS: Record<GalleryQuery['sort'], Fragment> = {
  newest: sql`order by found.id`,
  oldest: sql`order by found.id`,
  label: sql`order by found.name, found.id desc`,
  file: sql`order by examples.file, found.id`,
  size: sql`order by pictures.width * pictures.height desc nulls last, found.id desc`,
}

function* rowConditions(db: Database, { text, since, until, seesAll }: GalleryFilter): Generator<Fragment> {
  if (text !== undefined)
    yield sql`examples.file ${sql.raw(isPostgres(db) ? 'ilike' : 'like')} ${`%${escaped(text)}%`} escape '\\'`
  if (since !== undefined) yield sql`examples.filed_at >= ${since}`
  if (until !== undefined) yield sql`examples.filed_at < ${until}`
  if (!seesAll) yield sql`examples.age_restricted = 0`
}

function* pictureConditions({ minWidth, minHeight, maxContrast }: GalleryFilter): Generator<Fragment> {
  if (minWidth !== undefined) yield sql`pictures.width >= ${minWidth}`
  if (minHeight !== undefined) yield sql`pictures.height >= ${minHeight}`
  if (maxContrast !== undefined) yield sql`pictures.contrast <= ${maxContrast}`
}

const all = (conditions: Fragment[]): Fragment => sql.join(conditions, sql` and `)

/** `%`, `_` and the sign that escapes them stand for themselves. */
const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
