// A PostgreSQL that cannot be used is a clear error, and nothing is written to it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import type { Database } from '../../../src/db/connection.ts'
import { explainDatabaseError } from '../../../src/db/database-errors.ts'
import { sql } from '../../../src/db/kysely.ts'
import { openPostgres } from '../../../src/db/postgres/connection.ts'
import { UserError } from '../../../src/errors.ts'
import { onServer, postgresUrl, skipWithoutPostgres, urlOf } from '../../support/postgres.ts'
import { poolingTransactions, sayingOtherwise } from '../../support/postgres-between.ts'

const options = { skip: skipWithoutPostgres }

async function refuses(url: string, code: string, message = /^Expected .+/): Promise<void> {
  await assert.rejects(openPostgres(url), (error) => {
    assert.ok(error instanceof UserError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, message)
    assert.doesNotMatch(error.message, /secret/)
    return true
  })
}

/** A role that may log in, with a password where the server asks for one. */
async function makeRole(): Promise<string> {
  const role = `mekiki_test_${randomBytes(4).toString('hex')}`
  await onServer((client) => client.query(`create role ${role} login password 'secret'`))
  after(() => onServer((client) => client.query(`drop role ${role}`)))
  return role
}

const as = (url: string, user: string, password = 'secret'): string => {
  const changed = new URL(url)
  changed.username = user
  changed.password = password
  return changed.href
}

test('an address where nobody answers, and a name that nobody has', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  server.close()
  await once(server, 'close')
  await refuses(
    `postgres://me:secret@127.0.0.1:${port}/mekiki`,
    'database.unreachable',
    /127\.0\.0\.1:\d+\/mekiki.*ECONNREFUSED/,
  )
  await refuses('postgres://me:secret@nobody.invalid/mekiki', 'database.unreachable', /nobody\.invalid\/mekiki/)
})

test('a database that is not there, and a user that is not', options, async () => {
  await refuses(urlOf('mekiki_test_nowhere'), 'database.missing', /mekiki_test_nowhere/)
  await refuses(as(await postgresUrl(), 'mekiki_test_nobody'), 'database.login', /mekiki_test_nobody/)
})

test('a user who may make no tables', options, async () => {
  const url = await postgresUrl({ empty: true })
  const role = await makeRole()
  await run(url, 'revoke create on schema public from public')
  await refuses(as(url, role), 'database.rights', /public/)
  await run(url, `grant create on schema public to ${role}`)
  const db = await openPostgres(as(url, role))
  await db.destroy()
  await run(url, `drop owned by ${role}`)
})

test('a replica, which only reads', options, async () => {
  const url = await postgresUrl({ empty: true })
  const name = new URL(url).pathname.slice(1)
  await onServer((client) => client.query(`alter database ${name} set default_transaction_read_only = on`))
  await refuses(url, 'database.read-only')
})

test('a server that is older than 14', options, async () => {
  const url = await postgresUrl({ empty: true })
  const { rows } = await onServer((client) => client.query(`select current_setting('server_version_num') as version`))
  const said = rows[0].version
  await refuses(await sayingOtherwise(url, { said, instead: '130022' }), 'database.too-old', /14 or newer, received 13/)
  assert.deepEqual(await tablesOf(url), [])
})

test('a database that does not keep every character', options, async () => {
  const name = new URL(await postgresUrl({ empty: true })).pathname.slice(1)
  await onServer((client) => client.query(`drop database ${name}`))
  await onServer((client) => client.query(`create database ${name} template template0 encoding 'SQL_ASCII' locale 'C'`))
  await refuses(urlOf(name), 'database.encoding', /SQL_ASCII/)
})

test('a pooler in transaction mode', options, async () => {
  const url = await postgresUrl({ empty: true })
  await refuses(await poolingTransactions(url), 'database.pooler')
  assert.deepEqual(await tablesOf(url), [])
})

test('a server that has no room for more connections', options, async () => {
  const url = await postgresUrl()
  const role = await makeRole()
  await onServer((client) => client.query(`alter role ${role} connection limit 0`))
  await refuses(as(url, role), 'database.connections')
})

test(
  'a newer schema is used where it only added, and refused where it lacks what this one needs',
  options,
  async () => {
    const url = await postgresUrl()
    await run(url, `insert into kysely_migration values ('999_later', '')`)
    const db = await openPostgres(url)
    assert.deepEqual(await db.selectFrom('datasets').select('id').execute(), [])
    await db.destroy()
    await run(
      url,
      `delete from kysely_migration where name = (select max(name) from kysely_migration where name < '999')`,
    )
    await refuses(url, 'database.newer')
  },
)

test('errors of a running database that a person can mend', options, async () => {
  const db = await openPostgres(await postgresUrl())
  after(() => db.destroy())
  assert.equal(await codeOf(db, `do $$ begin raise exception 'no room' using errcode = '53100'; end $$`), 'disk.full')
  assert.equal(await codeOf(db, `set statement_timeout = 1; select pg_sleep(1)`), 'database.busy')
  assert.equal(await codeOf(db, `select pg_terminate_backend(pg_backend_pid())`), 'database.unreachable')
  // Another connection takes the place of the lost one, once that has ended.
  let answers = 0
  while (answers === 0) answers = (await codeOf(db, 'select 1')) === undefined ? 1 : 0
})

async function codeOf(db: Database, statement: string): Promise<string | undefined> {
  try {
    await sql.raw(statement).execute(db)
    return undefined
  } catch (error) {
    const explained = explainDatabaseError(error)
    return explained instanceof UserError ? explained.code : String(explained)
  }
}

async function run(url: string, statements: string): Promise<unknown[]> {
  const { default: pg } = await import('pg')
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(statements)).rows ?? []
  } finally {
    await client.end()
  }
}

const tablesOf = (url: string): Promise<unknown[]> =>
  run(url, `select tablename from pg_tables where schemaname = 'public'`)
