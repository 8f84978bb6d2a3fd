import { sql } from 'kysely'
import type { Database } from './connection.ts'

/** Bytes that a dataset takes, and those of the whole database file, everything in it counted. */
export async function measureStorage(db: Database, dataset: number) {
  const own = sql<{ pictures: number; copies: number; features: number; versions: number; database: number }>`
    select
      (select count(*) from pictures where dataset = ${dataset}) as pictures,
      (select coalesce(sum(length(copy)), 0) from pictures where dataset = ${dataset}) as copies,
      (select coalesce(sum(length(vector)), 0) from features join pictures on pictures.id = picture
        where dataset = ${dataset}) as features,
      (select coalesce(sum(length(classifier)), 0) from versions where dataset = ${dataset}) as versions,
      (select page_count * page_size from pragma_page_count(), pragma_page_size()) as database`
  const { pictures, copies, features, versions, database } = (await own.execute(db)).rows[0]!
  return { pictures, copyBytes: copies, featureBytes: features, versionBytes: versions, databaseBytes: database }
}
