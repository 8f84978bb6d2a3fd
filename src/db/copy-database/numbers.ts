import { UserError } from '../../errors.ts'
import { isPostgres } from '../engine.ts'
import { sql } from '../kysely.ts'
import type { Side } from './columns.ts'
import { COPIED } from './tables.ts'

// Which numbers were given: those of rows that are gone, too, are never given again.

const REVISION = 'revision_counter'
/** The highest number that was given, by table; 0: none. */
type Numbers = Map<string, bigint>

export async function readNumbers(side: Side): Promise<Numbers> {
  const numbers: Numbers = new Map()
  for (const table of await listNumbered(side)) numbers.set(table, await readNumber(side, table))
  const revision = await sql<{ value: number | bigint }>`select max(value) as value from revision_counter`.execute(side)
  return numbers.set(REVISION, BigInt(revision.rows[0]?.value ?? 0))
}

export async function writeNumbers(side: Side, numbers: Numbers): Promise<void> {
  for (const [table, number] of numbers) await (isPostgres(side) ? inPostgres : inSqlite)(side, table, number)
}

/** Throws UserError migrate.different */
export async function compareNumbers(source: Numbers, copy: Side): Promise<void> {
  const copied = await readNumbers(copy)
  for (const [table, number] of source)
    if (copied.get(table) !== number || copied.size !== source.size)
      throw new UserError(
        'migrate.different',
        `Expected ids of ${table} to go on after ${number}, found ${copied.get(table)}: nothing has moved`,
        { where: table },
      )
}

async function listNumbered(side: Side): Promise<string[]> {
  const names: string[] = []
  for (const { name, key } of COPIED) if (key.join() === 'id' && (await isNumbered(side, name))) names.push(name)
  return names
}

/** Whether the database itself gives the ids; others are Discord's. */
async function isNumbered(side: Side, table: string): Promise<boolean> {
  const { rows } = isPostgres(side)
    ? await sql`select 1 where pg_get_serial_sequence(${table}, 'id') is not null`.execute(side)
    : await sql`select 1 from sqlite_schema where name = ${table} and sql like '%autoincrement%'`.execute(side)
  return rows.length > 0
}

async function readNumber(side: Side, table: string): Promise<bigint> {
  const { rows } = isPostgres(side)
    ? await sql<{
        number: number | bigint
      }>`select case when is_called then last_value else last_value - 1 end as number
        from ${sql.raw(await sequenceOf(side, table))}`.execute(side)
    : await sql<{
        number: number | bigint
      }>`select max(coalesce((select max(seq) from sqlite_sequence where name = ${table}), 0),
        coalesce((select max(id) from ${sql.table(table)}), 0)) as number`.execute(side)
  return BigInt(rows[0]?.number ?? 0)
}

/** Its name, quoted where it has to be. */
async function sequenceOf(side: Side, table: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select pg_get_serial_sequence(${table}, 'id') as name`.execute(side)
  const name = rows[0]?.name
  if (name === undefined) throw new Error(`Expected ids of ${table} to come from a sequence`)
  return name
}

async function inPostgres(side: Side, table: string, number: bigint): Promise<void> {
  const sequence = table === REVISION ? 'revision_sequence' : await sequenceOf(side, table)
  // An id of 0 was never given: the first is 1. The counter was at 0 from the start.
  const [last, isCalled] = table === REVISION || number > 0n ? [number, true] : [1n, false]
  await sql`select setval(cast(${sequence} as regclass), ${last}, ${isCalled})`.execute(side)
}

async function inSqlite(side: Side, table: string, number: bigint): Promise<void> {
  if (table === REVISION) await sql`update revision_counter set value = ${number}`.execute(side)
  else {
    await sql`delete from sqlite_sequence where name = ${table}`.execute(side)
    await sql`insert into sqlite_sequence (name, seq) values (${table}, ${number})`.execute(side)
  }
}
