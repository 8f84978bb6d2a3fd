// What was forgotten is gone from the file and from its write-ahead log, while the bot goes on.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDataset } from '../../src/db/datasets.ts'
import { addExample } from '../../src/db/examples.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { parseLabel } from '../../src/label.ts'
import { startEmptyingLog } from '../../src/services/write-ahead-log.ts'
import { openApp } from '../support/app.ts'
import { until } from '../support/until.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-test-'))
after(() => rmSync(home, { recursive: true, force: true }))

const SECRET = 'SECRET-PICTURE-'
const occurrences = (file: string): number => readFileSync(join(home, file)).toString('latin1').split(SECRET).length - 1

test('a forgotten picture is neither in the database nor in its log', async () => {
  const app = await openApp(home, { readers: 1 })
  const dataset = await openDataset(app.db, { server: 'server', name: 'main', create: true })
  for (let i = 0; i < 3; i++)
    await addExample(app.db, dataset, {
      label: parseLabel('cat'),
      file: `${i}`,
      by: 'eve',
      picture: {
        fileHash: Buffer.from(`f${i}`),
        pixelHash: Buffer.from(`p${i}`),
        perceptualHash: 1n,
        copy: Buffer.alloc(30_000, SECRET),
        width: 1,
        height: 1,
        contrast: 1,
      },
      backbone: 'b',
      features: new Float32Array(8),
    })
  assert.ok(occurrences('mekiki.sqlite-wal') > 0)
  assert.deepEqual(await forgetPerson(app.db, { server: 'server', by: 'eve' }), [{ dataset, examples: 3 }])
  const emptying = startEmptyingLog(app, (event) => assert.fail(JSON.stringify(event)), 10)
  await until(() => occurrences('mekiki.sqlite-wal') === 0)
  await emptying.stop()
  assert.equal(occurrences('mekiki.sqlite'), 0)
  // The bot goes on: its next write does not bring anything back.
  await app.ttlStore.set('key', 'value', 1000)
  assert.equal(occurrences('mekiki.sqlite-wal'), 0)
  await app.close()
  assert.equal(occurrences('mekiki.sqlite'), 0)
})
