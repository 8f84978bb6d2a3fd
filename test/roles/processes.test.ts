// Processes with roles of their own: each is listed, serves its health and its metrics, and goes from the list when it stops.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, openCluster } from '../support/cluster.ts'
import { skipWithoutPostgres } from '../support/postgres.ts'

const skip = skipWithoutPostgres

let cluster: Cluster
before(async () => {
  if (!skip) cluster = await openCluster()
})
after(async () => {
  if (!skip) assert.deepEqual(await cluster.close(), [])
})

const listed = () => cluster.query<{ id: string; role: string }>('select id, role from processes order by started_at')

test('each is on the list with its role, is healthy, and has metrics of its own', { skip }, async () => {
  const gateway = await cluster.start('gateway')
  const training = await cluster.start('training')
  const web = await cluster.start('web')
  assert.deepEqual(
    await listed(),
    [gateway, training, web].map(({ id, role }) => ({ id, role })),
  )
  for (const served of [gateway, training, web]) {
    const { ok, parts } = await served.health()
    assert.deepEqual([ok, parts.database?.ok, parts[served.role]?.ok], [true, true, true], served.role)
    assert.ok((await served.metric('mekiki_database_bytes')) > 0)
  }
  assert.equal(await gateway.metric('mekiki_servers'), 1)
  assert.ok(Number.isNaN(await training.metric('mekiki_servers')))
  for (const name of ['calls_claimed_total', 'calls_waiting', 'calls_oldest_seconds', 'trainings_finished_total'])
    assert.equal(await training.metric(`mekiki_${name}`), 0, name)
  assert.equal(await training.stop(), 0)
  assert.deepEqual(
    (await listed()).map(({ role }) => role),
    ['gateway', 'web'],
  )
  await web.kill()
  assert.equal((await listed()).length, 2)
})
