// What the page offers: who may what, what is asked before it is done, and nothing of this machine's disk.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { registry } from '../../commands/registry.ts'
import type { Result, Screen } from '../../src/commands/define.ts'
import { parseOptions } from '../../src/commands/parse-options.ts'
import { joinServer } from '../../src/db/servers.ts'
import { UserError } from '../../src/errors.ts'
import { openApp } from '../support/app.ts'
import { addNew, openMain } from '../support/database.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-web-commands-'))
const app = await openApp(home)
after(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})
const server = '1'
await joinServer(app.db, server)
const dataset = await openMain(app.db, server)
const cats = [
  await addNew(app.db, dataset, { label: 'cat', pixels: 'a cat', by: 'ann' }),
  await addNew(app.db, dataset, { label: 'cat', pixels: 'another cat', by: 'bob' }),
]
await addNew(app.db, dataset, { label: 'dog', pixels: 'a dog', by: 'ann' })

/** Written by hand: whoever changes what the page offers, or to whom, changes this, too. */
const OFFERED = {
  member: ['labels', 'predict', 'why', 'feedback', 'undo', 'forget', 'privacy'],
  teacher: ['import', 'label', 'unlabel', 'relabel', 'delete-label', 'restore-label', 'remove-examples'],
  trainer: ['train', 'versions'],
  reviewer: ['suspects', 'review', 'decide', 'keep', 'exclude', 'restore'],
  manager: [
    ...[
      'datasets',
      'change-dataset',
      'stats',
      'rollback',
      'backbone',
      'choose-backbone',
      'report',
      'settings',
      'setting',
      'audit',
    ],
    ...['withdraw', 'withdraw-now', 'clean-up', 'clean-up-now'],
  ],
  operator: ['servers', 'people', 'pictures', 'doctor', 'processes'],
}

test('the page offers each command to those who may use it', async () => {
  const offered = await registry.listFor('web', { hidden: true })
  for (const [access, names] of Object.entries(OFFERED)) {
    const those = offered.filter((command) => command.access === access).map(({ name }) => name)
    // Other commands may be added beside these.
    assert.deepEqual(
      names.filter((name) => !those.includes(name)),
      [],
      access,
    )
  }
  const names = offered.map(({ name }) => name)
  for (const name of ['setup', 'setup-step', 'help', 'ignore', 'teach', 'encrypt', 'export-person'])
    assert.ok(!names.includes(name), name)
})

async function run(name: string, options: Record<string, unknown> = {}, screen: Screen = { page: 1 }): Promise<Result> {
  const command = await registry.find(name, 'web')
  assert.ok(command, name)
  const call = { app, commands: registry, server, dataset, by: 'ann', screen, requireAccess: () => {} }
  const events = await Array.fromAsync(
    command.run({ ...call, options: parseOptions(command, options, { frontEnd: 'web' }) }),
  )
  const last = events.at(-1)
  assert.ok(last && 'result' in last)
  return last.result
}

test('what deletes asks first, whatever a request says', async () => {
  const asked = await run('labels', { action: 'delete', label: 'dog', yes: true })
  assert.equal(asked.key, 'deleteLabelAsk')
  assert.deepEqual(
    asked.choices?.map(({ command }) => command),
    ['delete-label'],
  )
  assert.equal((await run('withdraw', { teacher: 'bob', yes: true })).key, 'withdrawAsk')
  assert.equal((await run('datasets', { action: 'empty', name: 'main', yes: true })).key, 'datasetAsk')
  const picture = await run('pictures', { action: 'remove', which: String(cats[1]), everywhere: true })
  assert.equal(picture.key, 'picturesFound')
})

test('a deleted label comes back by what the result offers', async () => {
  const [confirm] = (await run('labels', { action: 'delete', label: 'dog' })).choices ?? []
  assert.ok(confirm)
  const [undo] = (await run(confirm.command, confirm.options)).choices ?? []
  assert.equal(undo?.command, 'restore-label')
  assert.equal((await run('restore-label', undo?.options)).key, 'labelRestored')
})

test('no name is that of a file of this machine', async () => {
  const secret = join(home, 'secret.png')
  writeFileSync(secret, 'a secret')
  await assert.rejects(run('relabel', { label: 'dog', examples: [secret] }), { code: 'review.not-found' })
  await assert.rejects(run('keep', { examples: [secret] }), { code: 'review.not-found' })
  await assert.rejects(run('pictures', { action: 'remove', which: secret, everywhere: true }), {
    code: 'pictures.not-found',
  })
  for (const which of [secret, `photos+${secret}`, `https://example.com/net.onnx,${secret}`])
    for (const action of ['add', 'use', 'compare'])
      await assert.rejects(run('backbone', { action, which }), { code: 'backbone.not-found' }, `${action} ${which}`)
})

test('a manager chooses among the networks that the operator offers, and neither adds nor compares any', async () => {
  const command = await registry.find('backbone', 'web')
  assert.ok(command)
  const requireAccess = (access: string): void => {
    if (access === 'operator') throw new UserError('access.denied', 'made up')
  }
  const call = { app, commands: registry, server, dataset, by: 'max', screen: { page: 1 }, requireAccess }
  const ask = (options: object) =>
    Array.fromAsync(command.run({ ...call, options: parseOptions(command, { ...options }, { frontEnd: 'web' }) }))
  assert.equal((await ask({})).length, 1)
  for (const options of [
    { action: 'add', which: 'photos' },
    { action: 'use', which: 'auto' },
    { action: 'use', which: 'https://example.com/net.onnx' },
    { action: 'compare' },
  ])
    await assert.rejects(ask(options), { code: 'access.denied' }, JSON.stringify(options))
})

test('a long list comes by the page, as long as the page wants it', async () => {
  const audit = await run('audit', {}, { page: 2, pageSize: 2 })
  assert.ok(audit.key === 'audit')
  assert.equal(audit.values.changes.length, 2)
  assert.equal(audit.page?.number, 2)
})

test('a dataset is set for a channel that is named', async () => {
  await assert.rejects(run('settings', { dataset: 'birds' }), { code: 'option.invalid' })
  await run('settings', { dataset: 'birds', for: '140000000000000001' })
  const { values } = await run('settings')
  assert.ok('settings' in values)
  assert.deepEqual(values.settings.datasets, { '140000000000000001': 'birds' })
})
