// Kysely for all of src/db: its CommonJS build loads in two thirds of the time of its 262 ES modules, which counts at every start.
import { createRequire } from 'node:module'
import type * as KyselyModule from 'kysely'

const kysely: typeof KyselyModule = createRequire(import.meta.url)('kysely')

export const {
  CompiledQuery,
  Kysely,
  Migrator,
  SqliteAdapter,
  SqliteDialect,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} = kysely
export type Kysely<DB> = KyselyModule.Kysely<DB>
export type CompiledQuery<Row = unknown> = KyselyModule.CompiledQuery<Row>
export type {
  DatabaseConnection,
  Dialect,
  Driver,
  Generated,
  Migration,
  NotNull,
  QueryResult,
  Selectable,
  Transaction,
} from 'kysely'
