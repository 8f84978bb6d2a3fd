// PostgreSQL, which chooses by what it has counted, reads no large table from end to end once other servers have most of the rows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery } from 'kysely'
import type { Database } from '../../src/db/connection.ts'
import { openPostgres } from '../../src/db/postgres/connection.ts'
import { joinServer, leaveServers, purgeServers } from '../../src/db/servers.ts'
import { compiledQueriesOf } from '../support/compiled-queries.ts'
import { addNew, openMain } from '../support/database.ts'
import { addForeignRows, LARGE } from '../support/foreign-rows.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'
import { queriesOf } from '../support/repository-queries.ts'

type Node = { 'Node Type': string; 'Relation Name'?: string; Filter?: string; Plans?: Node[] }

/** The large tables that some work reads from end to end, as PostgreSQL says. */
async function scansOf(db: Database, work: (seen: Database) => Promise<unknown>): Promise<string[]> {
  const scans: string[] = []
  for (const { sql, parameters } of await compiledQueriesOf(db, work)) {
    const explained = CompiledQuery.raw(`explain (format json) ${sql}`, [...parameters])
    const { rows } = await db.executeQuery<{ 'QUERY PLAN': [{ Plan: Node }] }>(explained)
    for (const { 'QUERY PLAN': plans } of rows) scans.push(...scansIn(plans[0].Plan))
  }
  return scans
}

const isScan = (node: Node): boolean => node['Node Type'] === 'Seq Scan' && LARGE.includes(node['Relation Name'] ?? '')

const scansIn = (node: Node): string[] => [
  ...(isScan(node) ? [`${node['Relation Name']} ${node.Filter ?? ''}`] : []),
  ...(node.Plans ?? []).flatMap(scansIn),
]

test('queries and sweeps begin with what they are about', { skip: skipWithoutPostgres }, async (t) => {
  const db = await openPostgres(await postgresUrl())
  try {
    const dataset = await openMain(db)
    await addNew(db, dataset, { label: 'cat', pixels: 'a' })
    await addForeignRows(db)
    for (const [name, work] of Object.entries(queriesOf(dataset)))
      await t.test(name, async () => assert.deepEqual(await scansOf(db, work), []))
    await t.test('the scan of a table is seen', async () => {
      const scans = await scansOf(db, (seen) => seen.selectFrom('examples').selectAll().execute())
      assert.deepEqual(scans, ['examples '])
    })
    await t.test('purging a server begins with what it has', async () => {
      await joinServer(db, 'gone')
      await addNew(db, await openMain(db, 'gone'), { label: 'cat', pixels: 'b' })
      await leaveServers(db, ['gone'])
      assert.deepEqual(await scansOf(db, (seen) => purgeServers(seen, new Date('9999-01-01'))), [])
    })
  } finally {
    await db.destroy()
  }
})
