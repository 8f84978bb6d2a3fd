// What is wrong with the processes as a whole, as doctor and the page say it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type App, openApp } from '../../src/app.ts'
import { joinCluster } from '../../src/db/shards.ts'
import { checkProcesses } from '../../src/services/operator-checks.ts'
import { reportProcesses } from '../../src/services/process-problems.ts'
import { startHeartbeat } from '../../src/services/process-registry.ts'
import { makeHome } from '../support/mekiki.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'

const skip = skipWithoutPostgres
const idle = () => ({ waiting: 0, calls: 0, trainings: 0 })
const onError = (error: unknown): void => assert.fail(String(error))

const { root, mekiki } = makeHome()
const url = skip ? '' : await postgresUrl()
let app: App
before(async () => {
  if (!skip) app = await openApp(root, { databaseUrl: url })
})
after(() => app?.close())

const doctorFinds = async () => checkProcesses(await reportProcesses(app))
const problems = async () => (await reportProcesses(app)).problems

test('roles that nobody has, versions that differ, clocks that are wrong, and whoever died', { skip }, async () => {
  assert.deepEqual(await problems(), [
    { problem: 'missing', role: 'gateway' },
    { problem: 'missing', role: 'inference' },
    { problem: 'missing', role: 'training' },
  ])
  // Whoever uses the command line alone has none of them, and nothing is wrong.
  assert.equal((await doctorFinds()).ok, true)
  const running = await Promise.all(
    (['gateway', 'inference', 'training'] as const).map((role) => startHeartbeat(app, { role, work: idle, onError })),
  )
  assert.deepEqual(await problems(), [])
  const [gateway, inference, training] = running
  const change = (id = '') => app.db.updateTable('processes').where('id', '=', id)
  await change(gateway?.id).set({ version: '0.0.1' }).execute()
  await change(inference?.id)
    .set((eb) => ({ host: 'late', clock_ms: eb('seen_at', '-', 61_000) }))
    .execute()
  await change(training?.id)
    .set((eb) => ({ seen_at: eb('seen_at', '-', 120_000) }))
    .execute()
  const found = await problems()
  assert.deepEqual(
    found.map((each) => each.problem),
    ['missing', 'dead', 'versions', 'clock'],
  )
  assert.deepEqual(found[0], { problem: 'missing', role: 'training' })
  assert.equal((await doctorFinds()).ok, false)
  assert.deepEqual(found[3], { problem: 'clock', host: 'late', aheadMs: -61_000 })
  await Promise.all(running.map((process) => process.stop()))
})

test('shards that nobody holds are found once a gateway runs', { skip }, async () => {
  const joining = { gateway: 'made-up', application: '1', wanted: 4, recommended: 1 }
  await joinCluster(app.db, joining)
  const all = await startHeartbeat(app, { role: 'all', work: idle, onError })
  assert.deepEqual(await problems(), [{ problem: 'shards', free: [0, 1, 2, 3], of: 4 }])
  await all.stop()
})

test('the terminal lists them, and doctor finds what is wrong', { skip }, async () => {
  const training = await startHeartbeat(app, { role: 'training', work: idle, onError })
  process.env.DATABASE_URL = url
  const { out } = await mekiki('home', 'processes')
  assert.match(out, /No gateway process runs/)
  assert.match(out, new RegExp(`^ *training +\\S+ \\(${process.pid}\\)`, 'm'))
  const { status, lines } = await mekiki('home', 'doctor', '--json')
  delete process.env.DATABASE_URL
  assert.equal(status, 1)
  const [checked, listed] = lines as { checks: { check: string; ok: boolean }[]; processes: { id: string }[] }[]
  assert.equal(checked?.checks.find(({ check }) => check === 'processes')?.ok, false)
  assert.deepEqual(
    listed?.processes.map(({ id }) => id),
    [training.id],
  )
  await training.stop()
})
