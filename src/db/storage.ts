import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { alongIndex } from './index-hints.ts'
import { sql } from './kysely.ts'

/** Pictures that only deleted labels have: found by these labels, of which there are few. */
const awaitingUndo = (dataset: number) => sql`(select count(distinct picture) from labels
  join examples on examples.label = labels.id and state = 'deleted'
  where labels.dataset = ${dataset} and deleted_at is not null and not exists (select 1 from examples as other
    where other.picture = examples.picture and other.state <> 'deleted'))`

/**
 * Pictures of a dataset, and the bytes that it takes, small copies and those in the bucket included, with those that await being brought back; `databaseBytes` is the whole file, all datasets counted. From indexes:
 * no copy and no vector is read but one of each backbone, since all of a backbone are equally long.
 */
export function measureStorage(db: Database, dataset: number) {
  const pictures = sql`pictures where dataset = ${dataset}`
  const versions = sql`versions where dataset = ${dataset}`
  const keys = sql`
    select backbone, count(*) as vectors, max(picture) as picture
    from pictures join ${alongIndex(db, { table: 'features as found', index: 'features_keys' })} on found.picture = pictures.id
    where dataset = ${dataset} group by backbone`
  return db
    .selectNoFrom([
      sql<number>`(select count(*) from ${pictures}) - ${awaitingUndo(dataset)}`.as('pictures'),
      sql<number>`(select coalesce(sum(length(copy)), 0) from ${pictures})
        + (select coalesce(sum(object_bytes), 0) from ${pictures} and object is not null)
        + (select coalesce(sum(length(bytes)), 0) from thumbnails where dataset = ${dataset})`.as('copyBytes'),
      sql<number>`(select cast(coalesce(sum(vectors * length(vector)), 0) as bigint)
        from (${keys}) as kept join features on features.picture = kept.picture and features.backbone = kept.backbone)`.as(
        'featureBytes',
      ),
      sql<number>`(select coalesce(sum(octet_length(classifier)), 0) from ${versions})`.as('versionBytes'),
      databaseBytes(db).as('databaseBytes'),
    ])
    .executeTakeFirstOrThrow()
}

/** The size of the whole database, in bytes. */
export async function readDatabaseBytes(db: Database): Promise<number> {
  const { bytes } = await db.selectNoFrom([databaseBytes(db).as('bytes')]).executeTakeFirstOrThrow()
  return bytes
}

const databaseBytes = (db: Database) =>
  isPostgres(db)
    ? sql<number>`pg_database_size(current_database())`
    : sql<number>`(select page_count * page_size from pragma_page_count(), pragma_page_size())`
