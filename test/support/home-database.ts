// Where the database of a home folder is: in the folder; or on the PostgreSQL of MEKIKI_TEST_POSTGRES, where MEKIKI_TEST_ENGINE=postgres asks
// for it, so that whole programs are tried on that, too.
import { createHash } from 'node:crypto'
import { makeFromTemplate, onServer, urlOf } from './postgres.ts'

const isOnPostgres = process.env.MEKIKI_TEST_ENGINE === 'postgres'
/** By home: made when it is first asked for. */
const databases = new Map<string, Promise<string>>()

/** The address of a home's database; undefined: it is a file in the folder. */
export async function databaseOf(home: string): Promise<string | undefined> {
  if (!isOnPostgres) return undefined
  const name = `mekiki_home_${process.pid}_${createHash('sha256').update(home).digest('hex').slice(0, 12)}`
  if (databases.size === 0) process.once('beforeExit', dropAll)
  const made = databases.get(home) ?? makeFromTemplate(name)
  databases.set(home, made)
  await made
  return urlOf(name)
}

/** Of homes that a bot serves on a PostgreSQL, which it does with a key alone. */
const KEY = Buffer.alloc(32, 21)
const served = new Set<string>()

/** What it takes to read a home's pictures; undefined: they are not encrypted, or with a key that the test chose. */
export const keysOf = (home: string): Buffer[] | undefined => (served.has(home) ? [KEY] : undefined)

/** What a program is told of it in its environment. `serves`: it is a bot. */
export async function environmentOf(home: string, { serves = false } = {}): Promise<Record<string, string>> {
  const url = await databaseOf(home)
  if (url === undefined) return {}
  if (serves && process.env.DATA_KEY === undefined) served.add(home)
  const [key] = keysOf(home) ?? []
  return { DATABASE_URL: url, ...(key && { DATA_KEY: key.toString('base64') }) }
}

/** Last of all: what is open is closed by then. */
async function dropAll(): Promise<void> {
  const names = await Promise.all(databases.values())
  await onServer(async (client) => {
    for (const name of names) await client.query(`drop database if exists ${name} with (force)`)
  })
}
