// A home moves to PostgreSQL and back as an operator moves it: killed in between, it loses nothing, and answers the same.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { MAIN, makeHome } from '../support/mekiki.ts'
import { onServer, postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'
import { answerOf, trainTwoLabels } from '../support/two-labels.ts'

const skip =
  skipWithoutPostgres ||
  (process.env.MEKIKI_TEST_ENGINE === 'postgres' && 'these homes begin on SQLite, and move themselves')
const homes = makeHome()
const { root, mekiki } = homes
const path = (name: string): string => join(root, name)
let asked: string

/** What the settings in a home say: where its PostgreSQL is, and the token of a bot, so that it could serve. */
function setUrl(home: string, url: string | undefined): void {
  mkdirSync(path(home), { recursive: true })
  writeFileSync(
    join(path(home), '.env'),
    `DISCORD_TOKEN=made.up.token\n${url === undefined ? '' : `DATABASE_URL=${url}\n`}`,
  )
}

before(async () => {
  if (skip) return
  asked = await trainTwoLabels(homes, 4)
})

const predict = (home: string) => answerOf(homes, home, asked)

test('a home moves to PostgreSQL and back, answers the same there, and one side alone is used', { skip }, async () => {
  const answer = await predict('home')
  const url = await postgresUrl({ empty: true })
  const secret = url.replace('mekiki@', 'mekiki:secret-word@')
  const moved = await mekiki('home', 'migrate', '--to', secret)
  assert.equal(moved.status, 0, moved.err)
  assert.match(
    moved.out,
    /^Moved everything from .*home on .* to postgres:\/\/127\.0\.0\.1:\d+\/mekiki_test_\w+: \d+ rows .*DATABASE_URL/s,
  )
  const refused = await mekiki('home', 'labels')
  assert.match(refused.err, /Everything has moved.*set DATABASE_URL.*\(home\.moved\)/s)
  setUrl('home', undefined)
  assert.match((await mekiki('home', 'serve')).err, /set DATABASE_URL.*\(home\.moved\)/)
  assert.match((await mekiki('home', 'migrate', '--to', 'sqlite')).err, /migrate\.same-place|home\.moved/)
  for (const { out, err } of [moved, refused]) assert.ok(!`${out}${err}`.includes('secret-word'))
  // Elsewhere, with nothing but the address: the network that was added comes with the database.
  setUrl('elsewhere', url)
  assert.deepEqual(await predict('elsewhere'), answer)
  assert.match((await mekiki('elsewhere', 'serve')).err, /DATA_KEY.*\(serve\.no-key\)/)
  assert.match((await mekiki('elsewhere', 'migrate', '--to', url)).err, /migrate\.same-place/)
  const more = await mekiki('elsewhere', 'train', '--json')
  assert.equal(more.status, 0, more.err)
  const after = await predict('elsewhere')
  setUrl('home', url)
  const back = await mekiki('home', 'migrate', '--to', 'sqlite', '--json')
  assert.equal(back.status, 0, back.err)
  assert.equal(back.lines[0]?.engine, 'sqlite')
  assert.match((await mekiki('elsewhere', 'labels')).err, /home\.moved/)
  setUrl('home', undefined)
  assert.deepEqual(await predict('home'), after)
})

test('a wrong address, or one that is no place to move to, is said and changes nothing', { skip }, async () => {
  const url = await postgresUrl()
  const bad: [to: string[], code: string][] = [
    [[], 'migrate.place-unknown'],
    [['--to', 'mysql://x/y'], 'migrate.place-unknown'],
    [['--to', 'sqlite'], 'migrate.same-place'],
    [['--to', url.replace(/\/[^/]*$/, '/nowhere_at_all')], 'database.missing'],
    [['--to', 'postgres://127.0.0.1:1/mekiki'], 'database.unreachable'],
  ]
  for (const [to, code] of bad) assert.match((await mekiki('home', 'migrate', ...to)).err, new RegExp(code), code)
  assert.match((await mekiki('nothing', 'migrate', '--to', url)).err, /migrate\.nothing/)
  assert.equal((await mekiki('home', 'labels')).status, 0)
})

const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
})

/** Pictures enough to kill it among them. */
const MANY = 60_000

test('killed in the middle, it has lost nothing, and the same command moves everything', { skip }, async () => {
  await mekiki('many', 'import', path('pictures'))
  const database = new SQLite(path('many/mekiki.sqlite'))
  database.exec(`insert into audit (at, server, by, action, detail)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${MANY})
    select '2026', '', 'ann', 'feedback', '{"i":' || i || '}' from n`)
  const count = database.prepare('select count(*) from audit').pluck().get()
  database.close()
  const url = await postgresUrl()
  const name = new URL(url).pathname.slice(1)
  const env = { ...process.env, MEKIKI_HOME: path('many') }
  const child = spawn(process.execPath, [MAIN, 'migrate', '--to', url], { env, stdio: 'ignore' })
  children.push(child)
  // Its transaction has begun to write.
  const isWriting = () =>
    onServer((client) =>
      client.query(
        `select 1 from pg_stat_activity where datname = $1 and backend_xid is not null and query like '%audit%'`,
        [name],
      ),
    )
  while ((await isWriting()).rows.length === 0) {
    assert.equal(child.exitCode, null)
    await setTimeout(5)
  }
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.equal((await mekiki('many', 'labels')).status, 0)
  setUrl('there', url)
  const again = await mekiki('many', 'migrate', '--to', url, '--json')
  assert.equal(again.status, 0, again.err)
  const rows = await mekiki('there', 'audit', '--json')
  assert.equal(rows.status, 0, rows.err)
  assert.ok(Number(again.lines[0]?.rows) >= Number(count))
})
