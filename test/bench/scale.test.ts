// Short forms of the long trials of several processes, and the table that is made of the measured costs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { measureChaos } from '../../bench/scale/chaos.ts'
import { measureRestart } from '../../bench/scale/restart.ts'
import { withTable } from '../../bench/scale/simulate.ts'
import { simulate } from '../../bench/scale/simulation.ts'
import { skipWithoutServer } from '../support/own-postgres.ts'
import { skipWithoutPostgres } from '../support/postgres.ts'

const NO_FAULTS = { lost: 0, doubles: [], missing: 0, unexpected: 0 }

test(
  'whichever process is killed, no call that was acknowledged is lost or answered twice',
  { skip: skipWithoutPostgres },
  async () => {
    const { lost, doubles, missing, unexpected, ...results } = await measureChaos({
      minutes: 0.2,
      every: 4,
      seed: 3,
      servers: 1,
    })
    assert.deepEqual({ lost, doubles, missing, unexpected }, NO_FAULTS)
    assert.deepEqual([results.concurrentTrainings, results.olderActivated, results.complaints], [0, 0, []])
    assert.ok(Object.keys(results.kills).length > 0)
    assert.ok(results.answered > 0)
  },
)

const skipRestart = skipWithoutPostgres || skipWithoutServer
test(
  'PostgreSQL crashes under load: all are healthy again, and nothing that was acknowledged is lost',
  { skip: skipRestart },
  async () => {
    const { lost, doubles, missing, unexpected, crashes } = await measureRestart({ times: 1, seconds: 1, servers: 1 })
    assert.deepEqual({ lost, doubles, missing, unexpected }, NO_FAULTS)
    assert.equal(crashes.length, 1)
  },
)

test('the page has the table of the simulation as it is now', () => {
  const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8')
  assert.ok(page === withTable(page), 'Run: node bench/scale/simulate.ts --write')
})

test('more servers take more of everything, and Discord’s requests are what is full first', () => {
  const sizes = [100, 10_000, 1_000_000].map((servers) => simulate(servers))
  for (const [i, { calls, machines, databaseBytes, limits }] of sizes.entries()) {
    const before = sizes[i - 1]
    assert.ok(!before || (calls > before.calls && machines >= before.machines))
    assert.ok(databaseBytes > 0)
    assert.equal(limits[0]?.what, 'requests to Discord')
  }
  assert.ok((sizes[2]?.limits[0]?.used ?? 0) > 1)
})
