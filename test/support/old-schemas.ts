// Databases as earlier versions left them, with made-up rows in every table.
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import { migrations } from '../../src/db/migrations.ts'

export type Rows = Record<string, Record<string, unknown>[]>

/** Rows that are made for each table; ids go from 1. */
const ROWS = 3

/** Writes the database of a home folder with the first `count` migrations. @returns all its rows, by table */
export async function makeOldDatabase(home: string, count: number): Promise<Rows> {
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  database.pragma('journal_mode = WAL')
  const prefix = Object.fromEntries(Object.entries(migrations).slice(0, count))
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => prefix } }).migrateToLatest()
  if (error) throw error
  database.pragma('foreign_keys = off')
  for (const table of listTables(database)) for (let id = 1; id <= ROWS; id++) insertRow(database, table, id)
  const rows = readRows(database)
  database.close()
  return rows
}

/** Every row of every table, Kysely's own left out. */
export function readRows(database: SQLite.Database): Rows {
  const read = (table: string) => database.prepare<[], Record<string, unknown>>(`select * from ${table}`).all()
  return Object.fromEntries(listTables(database).map((table) => [table, read(table)]))
}

const listTables = (database: SQLite.Database): string[] =>
  database
    .prepare<[], string>(
      `select name from sqlite_schema where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'`,
    )
    .pluck()
    .all()

type Column = { name: string; type: string }

function insertRow(database: SQLite.Database, table: string, id: number): void {
  const columns = database.pragma(`table_info(${table})`) as Column[]
  const owners = database.pragma(`foreign_key_list(${table})`) as { from: string }[]
  const isId = (name: string): boolean => owners.some((o) => o.from === name) || ['id', 'example'].includes(name)
  const values = columns.map(({ name, type }) => (isId(name) ? valueOfId(type, id) : madeUp(name, type, id)))
  const names = columns.map((c) => `"${c.name}"`).join(', ')
  database.prepare(`insert into ${table} (${names}) values (${values.map(() => '?').join(', ')})`).run(...values)
}

const valueOfId = (type: string, id: number): string | number => (type.toLowerCase() === 'integer' ? id : String(id))

const JSON_COLUMNS = ['settings', 'detail', 'measurement', 'classifier', 'summary', 'reasons', 'input', 'work']

function madeUp(name: string, type: string, id: number): string | number | Buffer {
  // What a label of that name is compared by.
  if (name === 'key') return `NAME ${id}`
  if (JSON_COLUMNS.includes(name)) return `{"made-up":${id}}`
  switch (type.toLowerCase()) {
    case 'integer':
      return 10 * id
    case 'real':
      return id / 2
    case 'blob':
      return Buffer.from([id, 0, 0, 0, 0, 0, 0, 0])
    default:
      return `${name} ${id}`
  }
}
