import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 019: who trained and activated each version is found without reading all other changes.

export const versionOrigins: Migration = {
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `create index audit_version on audit (dataset, json_extract(detail, '$.version'), action, id)
          where action in ('trained', 'promoted') and json_valid(detail)`,
      )
      .execute(db)
  },
}
