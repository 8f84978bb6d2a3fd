// Whoever looks again and again at what others changed misses nothing that is committed late.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { listChangedServers, writeChange } from '../../../src/db/audit.ts'
import { readChangeMark } from '../../../src/db/change-marks.ts'
import { haveExamplesChanged, listChangedDatasets, readDatasetMark } from '../../../src/db/example-changes.ts'
import { openPostgres } from '../../../src/db/postgres/connection.ts'
import { listRevisionsAfter, readRevisionMark, readServerRevision } from '../../../src/db/revisions.ts'
import { openMain } from '../../support/database.ts'
import { onServer, postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'

const options = { skip: skipWithoutPostgres }
const filed = { by: 'ann', action: 'filed' as const, detail: {} }

async function open() {
  const db = await openPostgres(await postgresUrl())
  after(() => db.destroy())
  const [early, late] = [await openMain(db, '1'), await openMain(db, '2')]
  return { db, early, late }
}

type Opened = Awaited<ReturnType<typeof open>>

/** Changes `late` first, and `early` after it; `look` happens when only the second is committed. */
async function commitInReverse({ db, early, late }: Opened, look: () => Promise<void>): Promise<void> {
  await db.transaction().execute(async (t) => {
    await writeChange(t, { ...filed, server: '2', dataset: late })
    await writeChange(db, { ...filed, server: '1', dataset: early })
    await look()
  })
}

test('a change with a lower number that is committed later is found, and each once', options, async () => {
  const opened = await open()
  const { db, early, late } = opened
  const marks = [await readChangeMark(db)]
  const found: number[] = []
  const look = async (): Promise<void> => {
    const [after = 0, until] = [marks.at(-1), await readChangeMark(db)]
    found.push(...(await listChangedDatasets(db, { after, until })))
    marks.push(until)
  }
  await commitInReverse(opened, look)
  await look()
  await look()
  assert.deepEqual(found.toSorted(), [early, late].toSorted())
})

test('settings that are committed late are found', options, async () => {
  const { db } = await open()
  const before = await readChangeMark(db)
  const change = { by: 'ann', action: 'settings changed' as const, detail: {}, dataset: null }
  let meanwhile = 0
  await db.transaction().execute(async (t) => {
    await writeChange(t, { ...change, server: '2' })
    await writeChange(db, { ...change, server: '1' })
    meanwhile = await readChangeMark(db)
  })
  const first = await listChangedServers(db, { after: before, until: meanwhile })
  const rest = await listChangedServers(db, { after: meanwhile, until: await readChangeMark(db) })
  assert.deepEqual([...first, ...rest].toSorted(), ['1', '2'])
})

test('revisions that are committed late are found, and change what names a server’s state', options, async () => {
  const opened = await open()
  const { db, late } = opened
  const seen: number[] = []
  const mark = await readRevisionMark(db)
  let meanwhile = mark
  await commitInReverse(opened, async () => {
    meanwhile = await readRevisionMark(db)
    seen.push(...(await listRevisionsAfter(db, mark)).map((row) => row.dataset))
  })
  seen.push(...(await listRevisionsAfter(db, meanwhile)).map((row) => row.dataset))
  assert.ok(seen.includes(late))

  const other = await openMain(db, '3')
  const second = Number(
    (
      await db
        .insertInto('datasets')
        .values({ server: '3', name: 'two', backbone: 'x' })
        .returning('id')
        .executeTakeFirst()
    )?.id,
  )
  const states: string[] = []
  await db.transaction().execute(async (t) => {
    await writeChange(t, { ...filed, server: '3', dataset: other })
    await writeChange(db, { ...filed, server: '3', dataset: second })
    states.push(await readServerRevision(db, '3'))
  })
  assert.notEqual(await readServerRevision(db, '3'), states[0])
})

test('of one dataset, whatever is committed later has a higher number', options, async () => {
  const { db, early } = await open()
  let mark = 0
  let second: Promise<void> | undefined
  await db.transaction().execute(async (t) => {
    await writeChange(t, { ...filed, server: '1', dataset: early })
    // It waits for the first.
    second = writeChange(db, { ...filed, server: '1', dataset: early })
    await wait(50)
    mark = await readDatasetMark(db, early)
  })
  assert.equal(await haveExamplesChanged(db, early, mark), true)
  const first = await readDatasetMark(db, early)
  await second
  assert.ok((await readDatasetMark(db, early)) >= first)
  assert.equal((await db.selectFrom('audit').select('id').execute()).length, 2)
})

test('transactions of other databases on the server hold up nobody', options, async () => {
  const { db, early } = await open()
  await onServer(async (client) => {
    await client.query('begin')
    await client.query('select pg_current_xact_id()')
    const before = await readChangeMark(db)
    await writeChange(db, { ...filed, server: '1', dataset: early })
    const until = await readChangeMark(db)
    assert.deepEqual(await listChangedDatasets(db, { after: before, until }), [early])
    await client.query('rollback')
  })
})
