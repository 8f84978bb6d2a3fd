// What is told of versions: who trained them, why they answer or not, and how two of them compare.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { registry } from '../../commands/registry.ts'
import { parseOptions } from '../../src/commands/parse-options.ts'
import type { Results } from '../../src/commands/results.ts'
import { addVersion, type VersionSummary } from '../../src/db/versions.ts'
import { openApp } from '../support/app.ts'
import { BACKBONE, openMain } from '../support/database.ts'
import { madeUpSummary, surveyOf } from '../support/versions.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-versions-'))
const app = await openApp(home)
after(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})
const dataset = await openMain(app.db)

type Made = { by: string; reason: string; activate: boolean; summary?: Partial<VersionSummary> }

const make = ({ summary, ...how }: Made) =>
  addVersion(app.db, dataset, {
    ...{ backbone: BACKBONE, classifier: {}, survey: surveyOf([]), summary: { ...madeUpSummary, ...summary } },
    ...how,
  })

async function run<K extends keyof Results>(name: string, options: Record<string, unknown> = {}): Promise<Results[K]> {
  const command = (await registry.find(name, 'web'))!
  const call = { app, commands: registry, server: '', dataset, by: 'max', screen: { page: 1 }, requireAccess() {} }
  const given = parseOptions(command, options, { frontEnd: 'web' })
  const [event] = await Array.fromAsync(command.run({ ...call, options: given }))
  assert.ok(event && 'result' in event)
  return event.result.values as Results[K]
}

await make({ by: 'ann', reason: 'first', activate: true })
const confusion = [
  [2, 0],
  [0, 2],
]
await make({ by: 'bob', reason: 'worse', activate: false, summary: { confusion, accuracy: 1 } })
await make({ by: 'bob', reason: 'other-labels', activate: true, summary: { labels: ['cat', 'cow'] } })

test('each version says who trained it and why it was activated or not', async () => {
  const { versions } = await run<'versions'>('versions')
  assert.deepEqual(
    versions.map(({ madeBy, reason, promoted, activatedBy }) => [madeBy, reason, promoted, activatedBy]),
    [
      ['ann', 'first', true, null],
      ['bob', 'worse', false, null],
      ['bob', 'other-labels', true, null],
    ],
  )
})

test('whoever activates one by hand is named, the last of them', async () => {
  await run('rollback', { version: '1' })
  await run('rollback', { version: '2' })
  await run('rollback', { version: '1' })
  const { versions } = await run<'versions'>('versions')
  assert.deepEqual(
    versions.map(({ current, activatedBy }) => [current, activatedBy]),
    [
      [true, 'max'],
      [false, 'max'],
      [false, null],
    ],
  )
})

test('what another program wrote in the log stops nobody', async () => {
  await app.db
    .insertInto('audit')
    .values({ server: '', dataset, by: 'x', action: 'trained', at: '2026', detail: 'no JSON' })
    .execute()
  assert.equal((await run<'versions'>('versions')).versions.length, 3)
})

test('two versions are compared label by label, those that changed most first', async () => {
  const compared = await run<'versionsCompared'>('versions', { from: 1, to: 2 })
  assert.deepEqual(compared.labels, [
    { label: 'dog', from: 0.5, to: 1 },
    { label: 'cat', from: 1, to: 1 },
  ])
  assert.deepEqual([compared.from.accuracy, compared.to.accuracy], [0.75, 1])
  const others = await run<'versionsCompared'>('versions', { from: 3 })
  // With the active one, where no other is named.
  assert.equal(others.to.version, 1)
  assert.deepEqual([others.labelsAdded, others.labelsRemoved], [['dog'], ['cow']])
})

test('a version that is not there is refused', async () => {
  await assert.rejects(run('versions', { from: 9 }), { code: 'version.not-found' })
  await assert.rejects(run('versions', { from: 1, to: 9 }), { code: 'version.not-found' })
})
