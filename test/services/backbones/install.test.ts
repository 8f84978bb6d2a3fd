// From a network's file to a backbone that datasets can use.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { listBackbones } from '../../../src/db/backbones.ts'
import { installBackbone } from '../../../src/services/backbones/install.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'
import { smallNetwork } from '../../support/small-network.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-install-'))
const network = join(home, 'small.onnx')
let app: App
before(async () => {
  app = await openApp(join(home, 'data'))
  writeFileSync(network, smallNetwork())
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const install = (which: string, source = {}) => runToEnd(installBackbone(app, which, source))

test('a network without a description is refused, and so is what is no network', async () => {
  await assert.rejects(install(network), { code: 'backbone.no-description' })
  await assert.rejects(install('no-such-name'), { code: 'backbone.not-found', message: /received no-such-name/ })
  await assert.rejects(install('https://example.invalid/net.onnx'), { code: 'backbone.hash-missing' })
  const text = join(home, 'text.onnx')
  writeFileSync(text, 'no network')
  writeFileSync(join(home, 'text.json'), '{"width":64,"height":64}')
  await assert.rejects(install(text), { code: 'backbone.unusable' })
  assert.equal((await listBackbones(app.db)).length, 1)
})

test('a network with its description beside it is installed with a prior, and found again by its name and id', async () => {
  writeFileSync(join(home, 'small.json'), '{"width":64,"height":64}')
  const installed = await install(network)
  assert.match(installed.id, /^small@[0-9a-f]{12}$/)
  assert.ok(installed.prior && existsSync(installed.prior))
  assert.equal((await listBackbones(app.db)).length, 2)
  for (const which of ['small', installed.id]) assert.equal((await install(which)).id, installed.id)
})

test('another description gives another id: features of the two never mix', async () => {
  const input = join(home, 'other.json')
  writeFileSync(input, '{"width":64,"height":64,"order":"bgr"}')
  const copy = join(home, 'copy.onnx')
  writeFileSync(copy, smallNetwork())
  const other = await install(copy, { input })
  const [, hash] = (await install('small')).id.split('@')
  assert.notEqual(other.id.split('@')[1], hash)
})
