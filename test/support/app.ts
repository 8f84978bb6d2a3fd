// The app on the database of its home (home-database.ts).
import { type App, openApp as openOn } from '../../src/app.ts'
import { type Database, openDatabase as openOnly } from '../../src/db/connection.ts'
import { databaseOf, keysOf } from './home-database.ts'

export type { App }
type Options = Parameters<typeof openOn>[1]

export const openApp = async (home: string, options: Options = {}): Promise<App> =>
  openOn(home, { databaseUrl: await databaseOf(home), keys: keysOf(home), ...options })

/** The database alone. */
export const openDatabase = async (home: string): Promise<Database> =>
  openOnly(home, { databaseUrl: await databaseOf(home) })
