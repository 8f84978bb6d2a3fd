// Moves a home with many pictures to PostgreSQL and back, and says how long it took and how much memory.
// MEKIKI_TEST_POSTGRES=postgres://… node bench/postgres/move.ts [--pictures 100000]
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import SQLite from 'better-sqlite3'
import { openDatabase } from '../../src/db/connection.ts'
import { moveToPostgres } from '../../src/db/moves/to-postgres.ts'
import { moveToSqlite } from '../../src/db/moves/to-sqlite.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { onServer, urlOf } from '../../test/support/postgres.ts'

const { values } = parseArgs({ options: { pictures: { type: 'string', default: '100000' } } })
/** Of a copy, as most are, and of its features in 16 bits with two views. */
const [COPY_BYTES, VECTOR_BYTES] = [30_000, 3_840]
const MIB = 2 ** 20

const home = mkdtempSync(join(tmpdir(), 'mekiki-bench-move-'))
const name = `mekiki_bench_move_${process.pid}`
const file = join(home, 'mekiki.sqlite')

async function fill(): Promise<void> {
  await (await openDatabase(home)).destroy()
  const database = new SQLite(file)
  database.pragma('synchronous = OFF')
  database.exec(`insert into datasets (id, server, name, backbone) values (1, '', 'main', 'b');
    insert into labels (id, dataset, name, key) values (1, 1, 'cat', 'CAT');
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${Number(values.pictures)})
      insert into pictures (id, dataset, pixel_hash, file_hash, perceptual_hash, copy)
      select i, 1, randomblob(32), randomblob(32), 'ff', randomblob(${COPY_BYTES}) from n;
    insert into features (picture, backbone, vector, bits) select id, 'b', randomblob(${VECTOR_BYTES}), 16 from pictures;
    insert into examples (picture, label, file, filed_at, filed_by) select id, 1, id || '.png', '2026', 'ann' from pictures`)
  database.close()
}

async function measure(what: string, work: () => Promise<{ rows: number; bytes: number }>): Promise<void> {
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  const began = performance.now()
  const { rows, bytes } = await work()
  clearInterval(timer)
  const seconds = (performance.now() - began) / 1000
  console.log(
    `${what}: ${rows} rows, ${Math.round(bytes / MIB)} MiB in ${seconds.toFixed(0)} s, at most ${Math.round(peak / MIB)} MiB of memory`,
  )
}

try {
  await fill()
  await onServer((client) => client.query(`create database ${name} template template0`))
  const options = { home, url: urlOf(name), keys: [] }
  console.log(
    `a file of ${Math.round(statSync(file).size / MIB)} MiB, ${Math.round(process.memoryUsage.rss() / MIB)} MiB of memory before`,
  )
  await measure('to PostgreSQL', () => runToEnd(moveToPostgres(options)))
  await measure('back', () => runToEnd(moveToSqlite(options)))
} finally {
  await onServer((client) => client.query(`drop database if exists ${name} with (force)`))
  rmSync(home, { recursive: true, force: true })
}
