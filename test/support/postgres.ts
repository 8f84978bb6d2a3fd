// A PostgreSQL for tests: each file has databases of its own on the server that MEKIKI_TEST_POSTGRES names, which are dropped after it.
import { createHash, randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { openPostgres } from '../../src/db/postgres/connection.ts'

const server = process.env.MEKIKI_TEST_POSTGRES

/** For `test(name, { skip: skipWithoutPostgres }, …)`: why it is left out; false: there is one. */
export const skipWithoutPostgres =
  server === undefined && 'MEKIKI_TEST_POSTGRES names no PostgreSQL, as in postgres://user@127.0.0.1/postgres'

/** The address of a database on the server. */
export function urlOf(database: string): string {
  const url = new URL(server ?? 'postgres://127.0.0.1')
  url.pathname = `/${database}`
  return url.href
}

/** Runs statements on the server, as whoever owns it. */
export async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A database that has the schema, to copy from: named after the files that make it. */
const TEMPLATE = `mekiki_template_${fingerprint()}`
/** Of the advisory lock under which it is made. */
const LOCK = 1_937_003

function fingerprint(): string {
  const root = fileURLToPath(new URL('../../src/db/', import.meta.url))
  const hash = createHash('sha256')
  for (const file of globSync(['migration*.ts', 'column-types.ts', 'postgres/*.ts'], { cwd: root }).toSorted())
    hash.update(readFileSync(`${root}${file}`))
  return hash.digest('hex').slice(0, 12)
}

let template: Promise<void> | undefined

async function makeTemplate(): Promise<void> {
  await onServer(async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE])
    if (rows.length > 0) return
    const made = `${TEMPLATE}_${randomBytes(4).toString('hex')}`
    await client.query(`create database ${made} template template0`)
    try {
      await (await openPostgres(urlOf(made))).destroy()
      await client.query(`alter database ${made} rename to ${TEMPLATE}`)
    } finally {
      await client.query(`drop database if exists ${made}`)
    }
  })
}

async function makeDatabase(name: string, empty = false): Promise<void> {
  template ??= makeTemplate()
  if (!empty) await template
  await onServer((client) => client.query(`create database ${name} template ${empty ? 'template0' : TEMPLATE}`))
}

/** A database with the schema, which whoever asks for it drops. @returns its name */
export async function makeFromTemplate(name: string): Promise<string> {
  await makeDatabase(name)
  return name
}

/** The address of a database of its own, dropped after the test file. `empty`: it has no schema yet. */
export async function postgresUrl({ empty = false } = {}): Promise<string> {
  const name = `mekiki_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await makeDatabase(name, empty)
  after(() => onServer((client) => client.query(`drop database if exists ${name} with (force)`)))
  return urlOf(name)
}
