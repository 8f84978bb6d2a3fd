import { type Kysely, type Migration, sql } from '../kysely.ts'
import { functions } from './functions.ts'
import { indexes, tables } from './tables.ts'
import { triggers } from './triggers.ts'

/** PostgreSQL starts here: the schema that SQLite came to by migrations 001 to 019. Never change it; a migration follows. */
const baseline: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [...functions, ...tables, ...indexes, ...triggers]) await sql.raw(statement).execute(db)
  },
}
const included: Migration = { up: async () => {} }

/** The last that the baseline includes. */
const LAST = '019_version_origins'

/** The migrations of PostgreSQL, under the same names: the first makes all that those up to 019 made. */
export const withBaseline = (migrations: Record<string, Migration>): Record<string, Migration> =>
  Object.fromEntries(
    Object.entries(migrations).map(([name, migration], place) => {
      if (name > LAST) return [name, migration]
      return [name, place === 0 ? baseline : included]
    }),
  )
