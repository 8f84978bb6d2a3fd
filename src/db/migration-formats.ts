import { isPostgres } from './engine.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

/** Programs with fewer migrations than this one has take features for 32-bit floats, and classifiers for text. */
const OLDEST_READER = 19

// Migration 020: features in 16 bits, and classifiers as compressed bytes; what is there already keeps its form.
export const formats: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [...STATEMENTS, ...(isPostgres(db) ? OF_POSTGRES : OF_SQLITE)]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = ['alter table features add column bits integer not null default 32']

// SQLite keeps bytes in a column of any type.
const OF_SQLITE = [
  'update versions set classifier = cast(classifier as blob)',
  `pragma user_version = ${OLDEST_READER}`,
]

const OF_POSTGRES = [
  `alter table versions alter column classifier type bytea using convert_to(classifier, 'UTF8')`,
  'alter table versions alter column classifier set storage external',
]
