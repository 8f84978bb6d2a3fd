// Encrypted pictures: the database holds none of them in the open, and keys can be changed.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { draw } from '../../../demo/characters.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const JPEG = Buffer.from([0xff, 0xd8, 0xff])
const inTheOpen = (): boolean =>
  readdirSync(join(root, 'a')).some((file) => readFileSync(join(root, 'a', file)).includes(JPEG))

function withKeys(...keys: Buffer[]): void {
  process.env.DATA_KEY = keys.map((k) => k.toString('base64')).join(',')
}

test('what was stored before is encrypted, keys are changed, and the key is needed', async () => {
  const file = await draw(join(root, 'pictures'), 'Akari', 1)
  await mekiki('a', 'label', 'Akari', file, '--json')
  assert.ok(inTheOpen())
  const [old, next] = [randomBytes(32), randomBytes(32)]
  withKeys(old)
  assert.deepEqual((await mekiki('a', 'encrypt', '--json')).lines, [{ changed: 1, unreadable: 0 }])
  assert.ok(!inTheOpen())
  await mekiki('a', 'label', 'Akari', await draw(join(root, 'pictures'), 'Akari', 2), '--json')
  withKeys(next, old)
  assert.deepEqual((await mekiki('a', 'encrypt', '--json')).lines, [{ changed: 2, unreadable: 0 }])
  assert.deepEqual((await mekiki('a', 'encrypt', '--json')).lines, [{ changed: 0, unreadable: 0 }])
  withKeys(old)
  const locked = await mekiki('a', 'export', join(root, 'locked'))
  assert.equal(locked.status, 1)
  assert.match(locked.err, /data\.key-wrong/)
  delete process.env.DATA_KEY
  assert.match((await mekiki('a', 'labels')).err, /data\.key-missing/)
  withKeys(next)
  assert.equal((await mekiki('a', 'export', join(root, 'open'), '--json')).lines[0]!.examples, 2)
  process.env.DATA_KEY = 'short'
  assert.match((await mekiki('a', 'labels')).err, /config\.invalid/)
  delete process.env.DATA_KEY
})

test('encrypted from the beginning, nothing was ever in the open', async () => {
  withKeys(randomBytes(32))
  const file = await draw(join(root, 'pictures'), 'Botan', 1)
  await mekiki('b', 'label', 'Botan', file, '--json')
  const files = readdirSync(join(root, 'b')).map((f) => readFileSync(join(root, 'b', f)))
  assert.ok(!files.some((bytes) => bytes.includes(JPEG)))
  delete process.env.DATA_KEY
})
