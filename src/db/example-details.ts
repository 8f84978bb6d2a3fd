import type { Database } from './connection.ts'
import { alongIndex } from './index-hints.ts'
import { type Selectable, sql } from './kysely.ts'
import { Reason } from './label-issues.ts'
import type { LivingState, Schema } from './schema.ts'

/** Where else the picture of an example is. */
type OtherPlace = { id: number; label: string; state: LivingState }

/**
 * `by`: who added it; `poster`: who posted it, where that was somebody else. `width`, `height`: of the copy; null: not known.
 * `suggested`, `reasons`: of a suspect; a label is suggested where one fits better. `also`: the same picture under other labels.
 */
export type StoredDetails = {
  id: number
  label: string
  file: string
  state: LivingState
  vouched: boolean
  by: string
  poster: string | null
  at: string
  width: number | null
  height: number | null
  contrast: number | null
  isSuspect: boolean
  suspicion: number | null
  suggested: string | null
  reasons: Reason[]
  also: OtherPlace[]
}

/** `examples`: at most some hundreds of ids. `seesAll`: with those that were added in age-restricted channels. */
type Some = { examples: readonly number[]; seesAll: boolean }

/** What is known of some examples, in the order in which they were asked for; those that a dataset does not have are missing. */
export async function readDetails(db: Database, dataset: number, some: Some): Promise<StoredDetails[]> {
  if (some.examples.length === 0) return []
  const rows = await readRows(db, dataset, some)
  const places = await readPlaces(
    db,
    rows.map((row) => row.picture),
  )
  const found = new Map(
    rows.map(({ picture, filed_by, filed_at, posted_by, vouched, reasons, suspicion, ...row }) => {
      const isSuspect = suspicion !== null && row.state === 'kept' && vouched === 0
      return [
        row.id,
        {
          ...row,
          vouched: vouched === 1,
          by: filed_by,
          poster: posted_by,
          at: filed_at,
          isSuspect,
          suspicion: isSuspect ? suspicion : null,
          suggested: isSuspect ? row.suggested : null,
          reasons: isSuspect && reasons !== null ? Reason.array().parse(JSON.parse(reasons)) : [],
          also: (places.get(picture) ?? []).filter(({ id }) => id !== row.id),
        },
      ]
    }),
  )
  return some.examples.flatMap((id) => found.get(id) ?? [])
}

/** What is read of a picture is in this index: the row itself begins with its copy, which is large. */
const TRAITS = { table: 'pictures', index: 'pictures_traits' }

function readRows(db: Database, dataset: number, { examples, seesAll }: Some) {
  const query = db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin(sql<Selectable<Schema['pictures']>>`pictures`.as<'pictures'>(alongIndex(db, TRAITS)), (join) =>
      join.onRef('pictures.id', '=', 'examples.picture').on('pictures.dataset', '=', dataset),
    )
    .leftJoin('suspicions', 'suspicions.example', 'examples.id')
    .select(['examples.id', 'examples.picture', 'labels.name as label', 'file', 'examples.state', 'vouched'])
    .select(['filed_by', 'filed_at', 'posted_by', 'width', 'height', 'contrast'])
    .select(['suspicions.score as suspicion', 'suggested', 'reasons'])
    .where('labels.dataset', '=', dataset)
    .where('labels.deleted_at', 'is', null)
    .where('examples.state', '<>', 'deleted')
    .where('examples.id', 'in', [...examples])
    .$narrowType<{ state: LivingState }>()
  return (seesAll ? query : query.where('age_restricted', '=', 0)).execute()
}

async function readPlaces(db: Database, pictures: number[]): Promise<Map<number, OtherPlace[]>> {
  if (pictures.length === 0) return new Map()
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id', 'picture', 'labels.name as label', 'state'])
    .where('picture', 'in', pictures)
    .where('state', '<>', 'deleted')
    .where('labels.deleted_at', 'is', null)
    .orderBy('examples.id')
    .$narrowType<{ state: LivingState }>()
    .execute()
  const places = new Map<number, OtherPlace[]>()
  for (const { picture, ...place } of rows) places.set(picture, [...(places.get(picture) ?? []), place])
  return places
}
