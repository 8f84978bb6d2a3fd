import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { config, readDatabaseUrl, readKeys } from '../../src/config.ts'
import { isPostgresUrl, placeOfUrl } from '../../src/db/moves/place.ts'
import { moveToPostgres } from '../../src/db/moves/to-postgres.ts'
import { moveToSqlite } from '../../src/db/moves/to-sqlite.ts'
import { UserError } from '../../src/errors.ts'

/** What `--to` calls the database of the data folder. */
const SQLITE = 'sqlite'

export default defineCommand({
  name: 'migrate',
  summary: 'move everything into a PostgreSQL, or back into the data folder, checked row by row',
  access: 'operator',
  frontEnds: ['cli'],
  options: {
    to: text('the address of an empty PostgreSQL, as in postgres://user@host/mekiki, or sqlite: the data folder', {
      optional: true,
      named: true,
    }),
  },
  examples: ['migrate --to postgres://mekiki@db.example.org/mekiki', 'migrate --to sqlite'],
  ifInterrupted: 'Nothing has moved, or all of it: run the same command again, which says so.',
  run() {
    throw new Error('Expected to run without the database')
  },
  runWithoutDatabase: ({ to }) => migrate(to),
})

async function* migrate(to: string | undefined) {
  const from = readDatabaseUrl()
  const options = { home: config.home, keys: readKeys() }
  if (to === SQLITE) {
    if (from === undefined) throw samePlace(config.home)
    yield result('migrated', { engine: 'sqlite', ...(yield* moveToSqlite({ ...options, url: from })) })
    return
  }
  if (to === undefined || !isPostgresUrl(to))
    throw new UserError(
      'migrate.place-unknown',
      'Expected --to postgres://user:password@host/database, or --to sqlite, received something else',
    )
  if (from !== undefined) {
    if (placeOfUrl(from) === placeOfUrl(to)) throw samePlace(placeOfUrl(from))
    throw new UserError(
      'migrate.same-engine',
      'Expected to move out of the data folder, but DATABASE_URL names a PostgreSQL: unset it, or use pg_dump between two of them',
    )
  }
  yield result('migrated', { engine: 'postgres', ...(yield* moveToPostgres({ ...options, url: to })) })
}

const samePlace = (place: string): UserError =>
  new UserError('migrate.same-place', `Expected another place than where everything is already: ${place}`, { place })
