import { setImmediate } from 'node:timers/promises'
import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { freeBlobs } from './free-blobs.ts'
import { alongIndex } from './index-hints.ts'
import { sql } from './kysely.ts'
import type { Schema } from './schema.ts'
import type { TrainingExample } from './training-examples.ts'
import { type Bits, decodeVector, encodeVector } from './vectors.ts'

/** What is kept of a picture under one backbone: the features of a view; or of all random views, one after the other. */
export type ViewSet = 'plain' | 'mirrored' | 'views'

/** What features are kept under. @param backbone its id */
export const viewKey = (backbone: string, views: ViewSet): string =>
  views === 'plain' ? backbone : `${backbone} ${views}`

/** Pictures read at once: that takes milliseconds, and others get their turn between two pages. */
const PAGE = 500

/** `views`: by backbone. */
type ExampleFeatures = { of: TrainingExample; views: { plain: Float32Array; mirrored: Float32Array }[] }

/**
 * The features of examples under some backbones, a page at a time; only of those that have both views under each. A
 * page's numbers are freed when the next page is asked for. @param backbones their ids
 */
export async function* featurePages(
  db: Database,
  backbones: readonly string[],
  examples: TrainingExample[],
): AsyncGenerator<ExampleFeatures[]> {
  for (let start = 0; start < examples.length; start += PAGE) {
    const page = examples.slice(start, start + PAGE)
    const pictures = page.map((example) => example.picture)
    const read: { plain: Map<number, Float32Array>; mirrored: Map<number, Float32Array> }[] = []
    for (const backbone of backbones)
      read.push({
        plain: await readVectors(db, pictures, viewKey(backbone, 'plain')),
        mirrored: await readVectors(db, pictures, viewKey(backbone, 'mirrored')),
      })
    yield page.flatMap((of) => {
      const views = read.flatMap(({ plain, mirrored }) => {
        const [one, other] = [plain.get(of.picture), mirrored.get(of.picture)]
        return one && other ? [{ plain: one, mirrored: other }] : []
      })
      return views.length === backbones.length ? [{ of, views }] : []
    })
    freeBlobs(read.flatMap(({ plain, mirrored }) => [...plain.values(), ...mirrored.values()]))
    await setImmediate()
  }
}

async function readVectors(db: Database, pictures: number[], key: string): Promise<Map<number, Float32Array>> {
  const found = new Map<number, Float32Array>()
  for (let start = 0; start < pictures.length; start += PAGE) {
    const rows = await db
      .selectFrom('features')
      .select(['picture', 'vector', 'bits'])
      .where('picture', 'in', pictures.slice(start, start + PAGE))
      .where('backbone', '=', key)
      .execute()
    for (const { picture, vector, bits } of rows) found.set(picture, decodeVector(vector, bits))
    // Those of 32 bits stay on the memory of their rows.
    if (rows.every(({ bits }) => bits === 16)) freeBlobs(rows.map((row) => row.vector))
  }
  return found
}

type ViewQuery = { backbone: string; limit: number }

/** Features of the random views of at most `limit` pictures that have them, by the picture's id. */
export async function readViews(
  db: Database,
  dataset: number,
  { backbone, limit }: ViewQuery,
): Promise<Map<number, Float32Array>> {
  const key = viewKey(backbone, 'views')
  const rows = await picturesWith(db, dataset, key).select('pictures.id').orderBy('pictures.id').limit(limit).execute()
  return readVectors(
    db,
    rows.map((row) => row.id),
    key,
  )
}

/** Pictures that have no features under this key yet, by id. */
export async function picturesWithout(db: Database, dataset: number, key: string): Promise<number[]> {
  const rows = await db
    .selectFrom('pictures')
    .select('id')
    .where('dataset', '=', dataset)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom(FEATURES.as<'features'>(alongIndex(db, KEYS)))
            .select('picture')
            .whereRef('features.picture', '=', 'pictures.id')
            .where('features.backbone', '=', key),
        ),
      ),
    )
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** How many pictures have features under this key. */
export async function countFeatures(db: Database, dataset: number, key: string): Promise<number> {
  const query = picturesWith(db, dataset, key).select((e) => e.fn.countAll<number>().as('pictures'))
  return (await query.executeTakeFirstOrThrow()).pictures
}

/** Which features there are, without reading them: the primary key has the vectors beside it. */
const FEATURES = sql<Schema['features']>`features`
const KEYS = { table: 'features', index: 'features_keys' }

// From the dataset's pictures to their features, never the other way round: that would read those of every server.
const picturesWith = (db: Database, dataset: number, key: string) =>
  db
    .selectFrom('pictures')
    .where('dataset', '=', dataset)
    .innerJoin(FEATURES.as<'features'>(alongIndex(db, KEYS)), (j) =>
      j.onRef('features.picture', '=', 'pictures.id').on('features.backbone', '=', key),
    )

type NewFeatures = { picture: number; key: string; vector: Float32Array }

/** Keeps features of a picture; nothing where they are kept already or the picture was deleted meanwhile. */
export async function addFeatures(db: Database, { picture, key, vector }: NewFeatures): Promise<void> {
  const stored = encodeVector(vector)
  await db
    .insertInto('features')
    .columns(['picture', 'backbone', 'vector', 'bits'])
    .expression((e) => {
      const there = e
        .selectFrom('pictures')
        .select([
          'id',
          e.val(key).as('backbone'),
          e.val(stored.vector).as('vector'),
          e.cast<Bits>(e.val(stored.bits), 'integer').as('bits'),
        ])
        .where('id', '=', picture)
      // It stays until this is written.
      return isPostgres(db) ? there.forKeyShare() : there
    })
    .onConflict((c) => c.doNothing())
    .execute()
}
