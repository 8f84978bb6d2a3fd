// Two processes change one database at the same moment: nothing is lost, and nobody is told of an error.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { readAudit } from '../../src/db/audit.ts'
import { type Database, openDatabase } from '../../src/db/connection.ts'
import { readSettings, type Settings } from '../../src/services/settings.ts'
import type { Change } from '../support/process-driver.ts'
import { Driver, together } from '../support/processes.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-processes-'))
let db: Database
let one: Driver
let other: Driver
before(async () => {
  db = await openDatabase(home)
  ;[one, other] = await Promise.all([Driver.start(home), Driver.start(home)])
})
after(async () => {
  await Promise.all([one.stop(), other.stop()])
  await db.destroy()
  rmSync(home, { recursive: true })
})

const setting = (server: string, by: string, set: Partial<Settings>): Change => ({ what: 'settings', server, by, set })
const DONE = [[{}], [{}]]

test('different settings that two processes change at once both stay', async () => {
  for (let round = 1; round <= 5; round++) {
    const server = `${round}`
    const outcomes = await together(home, [
      [one, [setting(server, 'one', { every: 40 + round })]],
      [other, [setting(server, 'other', { agreement: 1 + (round % 2) })]],
    ])
    assert.deepEqual(outcomes, DONE)
    const { every, agreement } = await readSettings(db, server)
    assert.deepEqual([every, agreement], [40 + round, 1 + (round % 2)])
  }
})

test('of one setting the last change stands, and is the last in the log', async () => {
  const outcomes = await together(home, [
    [one, [setting('11', 'one', { every: 21 })]],
    [other, [setting('11', 'other', { every: 22 })]],
  ])
  assert.deepEqual(outcomes, DONE)
  const log = await readAudit(db, { server: '11', by: undefined, before: undefined, limit: 9 })
  assert.deepEqual(log.map((entry) => entry.by).toSorted(), ['one', 'other'])
  assert.deepEqual(log[0]?.detail, { every: (await readSettings(db, '11')).every })
})

test('what two processes add to one list, again and again, is all in it', async () => {
  const count = 100
  const channels = (first: number) => Array.from({ length: count }, (_, i) => `${first + i}`)
  const watch = (by: string, first: number) =>
    channels(first).map((channel): Change => ({ what: 'watch', server: '12', by, channel }))
  const outcomes = await together(home, [
    [one, watch('one', 1000)],
    [other, watch('other', 2000)],
  ])
  assert.deepEqual(outcomes.flat(), Array(2 * count).fill({}))
  const { watched } = await readSettings(db, '12')
  assert.deepEqual(watched.toSorted(), [...channels(1000), ...channels(2000)])
})

test('a server that two processes join at once is new to one of them', async () => {
  const joins = Array.from({ length: 100 }, (_, i): Change => ({ what: 'join', server: `5${i}` }))
  const outcomes = await together(home, [
    [one, joins],
    [other, joins.toReversed()],
  ])
  const [first = [], second = []] = outcomes.map((all) => all.map((o) => ('result' in o ? o.result : o)))
  assert.deepEqual(
    first.map((isNew, i) => [isNew, second.toReversed()[i]].toSorted()),
    joins.map(() => [false, true]),
  )
})
