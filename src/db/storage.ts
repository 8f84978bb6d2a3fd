import { sql } from 'kysely'
import type { Database } from './connection.ts'

/** Pictures of a dataset and the bytes that it takes; `databaseBytes` is the whole file, all datasets counted. */
export function measureStorage(db: Database, dataset: number) {
  const pictures = sql`pictures where dataset = ${dataset}`
  const features = sql`features join pictures on pictures.id = picture where dataset = ${dataset}`
  const versions = sql`versions where dataset = ${dataset}`
  const pages = sql`pragma_page_count(), pragma_page_size()`
  return db
    .selectNoFrom([
      sql<number>`(select count(*) from ${pictures})`.as('pictures'),
      sql<number>`(select coalesce(sum(length(copy)), 0) from ${pictures})`.as('copyBytes'),
      sql<number>`(select coalesce(sum(length(vector)), 0) from ${features})`.as('featureBytes'),
      sql<number>`(select coalesce(sum(length(classifier)), 0) from ${versions})`.as('versionBytes'),
      sql<number>`(select page_count * page_size from ${pages})`.as('databaseBytes'),
    ])
    .executeTakeFirstOrThrow()
}
