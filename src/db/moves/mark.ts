import type SQLite from 'better-sqlite3'
import { z } from 'zod'
import { UserError } from '../../errors.ts'
import { type Kysely, sql } from '../kysely.ts'
import type { Schema } from '../schema.ts'

/** Of the row in `expiring`. */
const KEY = 'moved'

/**
 * What a database says of itself. `moved`: everything is elsewhere, and newer; `arriving`: a move into it has not ended, and
 * everything is still where it came from. `move`: both sides of a move have the same.
 */
const Mark = z.object({
  state: z.enum(['moved', 'arriving']),
  move: z.string(),
  /** Where `moved` went, or `arriving` came from; never with a password. */
  place: z.string(),
  at: z.string(),
})
export type Mark = z.infer<typeof Mark>

export const markNow = (state: Mark['state'], { move, place }: Pick<Mark, 'move' | 'place'>): Mark => ({
  state,
  move,
  place,
  at: new Date().toISOString(),
})

const parse = (value: string | undefined): Mark | undefined =>
  value === undefined ? undefined : Mark.parse(JSON.parse(value))

/** Undefined: whoever opens it may use it. */
export function readMark(database: SQLite.Database): Mark | undefined {
  const has = database.prepare(`select 1 from sqlite_schema where name = 'expiring'`).get()
  if (!has) return undefined
  return parse(database.prepare<[string], string>('select value from expiring where key = ?').pluck().get(KEY))
}

/** @param mark undefined: takes away what is there */
export function writeMark(database: SQLite.Database, mark: Mark | undefined): void {
  database.prepare('delete from expiring where key = ?').run(KEY)
  if (mark) database.prepare('insert into expiring (key, value) values (?, ?)').run(KEY, JSON.stringify(mark))
}

/** The same of a PostgreSQL that has its tables. */
export async function readMarkOf(db: Kysely<Schema>): Promise<Mark | undefined> {
  const row = await db.selectFrom('expiring').select('value').where('key', '=', KEY).limit(1).executeTakeFirst()
  return parse(row?.value)
}

export async function writeMarkOf(db: Kysely<Schema>, mark: Mark | undefined): Promise<void> {
  await db.deleteFrom('expiring').where('key', '=', KEY).execute()
  if (mark) await sql`insert into expiring (key, value) values (${KEY}, ${JSON.stringify(mark)})`.execute(db)
}

/** The value of the row that `readMarkOf` reads, as SQL of any connection. */
export const MARK_QUERY = `select value from expiring where key = '${KEY}'`
export const parseMark = parse

/** Throws UserError home.moved, home.moving where a database is not to be used */
export function refuseMoved(mark: Mark | undefined): void {
  if (!mark) return
  const { state, place, at } = mark
  if (state === 'moved')
    throw new UserError(
      'home.moved',
      `Expected everything to be here, found that it moved to ${place} on ${at.slice(0, 'YYYY-MM-DD'.length)}: ` +
        `${place.startsWith('postgres') ? 'set DATABASE_URL to it' : 'use that data folder, without DATABASE_URL'}`,
      { place },
    )
  throw new UserError(
    'home.moving',
    `Expected everything to be here, found a move from ${place} that has not ended: run the same migrate again there, or make the database anew`,
    { place },
  )
}
