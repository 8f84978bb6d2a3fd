import type SQLite from 'better-sqlite3'

/** `at`: when it is to be deleted; null: a picture has it. */
export type KeptObject = { key: string; at: number | null }

/** The database that a restore replaces stays beside it for so long, and with it the pictures that it alone has. */
const KEPT_MS = 14 * 24 * 3600_000

/** Every object of the bucket that a database knows. Undefined: it is of before there were any. */
export function readObjects(database: SQLite.Database): KeptObject[] | undefined {
  if (!database.prepare(`select 1 from sqlite_schema where name = 'unreferenced_objects'`).get()) return undefined
  return database
    .prepare<[], KeptObject>(
      `select object as key, null as at from pictures where object is not null
      union all select key, at from unreferenced_objects`,
    )
    .all()
}

/** Objects that the replaced database knew, and no picture of the restored one has, are deleted in time. */
export function carryObjects(database: SQLite.Database, objects: readonly KeptObject[], now = Date.now()): void {
  database.exec('create temp table carried (key text primary key, at integer not null) without rowid')
  const add = database.prepare('insert or ignore into carried values (?, ?)')
  for (const { key, at } of objects) add.run(key, at ?? now + KEPT_MS)
  database.exec(`insert or ignore into unreferenced_objects (key, at) select key, at from carried
    where not exists (select 1 from pictures where pictures.object = carried.key);
    drop table carried`)
}
