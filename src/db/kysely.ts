// Kysely for all of src/db: its CommonJS build loads in two thirds of the time of its 262 ES modules, which counts at every start.
import { createRequire } from 'node:module'
import type * as KyselyModule from 'kysely'

const kysely: typeof KyselyModule = createRequire(import.meta.url)('kysely')

export const {
  CompiledQuery,
  HandleEmptyInListsPlugin,
  Kysely,
  Migrator,
  OperationNodeTransformer,
  PostgresAdapter,
  PostgresDialect,
  replaceWithNoncontingentExpression,
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
  KyselyPlugin,
  Migration,
  NotNull,
  PostgresDialectConfig,
  PrimitiveValueListNode,
  QueryResult,
  RawBuilder,
  Selectable,
  Transaction,
  ValueNode,
} from 'kysely'
