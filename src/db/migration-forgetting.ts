import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 008: posters who agreed are known, and forgetting concerns datasets, not whole servers.

export const forgettingByDataset: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  'alter table examples add column posted_by text',
  'create index examples_posted_by on examples (posted_by) where posted_by is not null',
  // Looked for by who did it: what a person changed, in every server.
  'create index audit_by on audit (by, id)',
  'alter table datasets add column forgotten_at text',
  `update datasets set forgotten_at = (select max(at) from (
    select at from audit where dataset = datasets.id and action = 'forgotten'
    union all select at from forgettings where forgettings.server = datasets.server))`,
  // All versions may be deleted, and a number stands for one version forever.
  'alter table datasets add column last_version integer not null default 0',
  'update datasets set last_version = coalesce((select max(number) from versions where dataset = datasets.id), 0)',
]
