// The program is told to stop while people are in the middle of things: it ends cleanly, and what was answered is there.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { noisy } from '../../support/bad-pictures.ts'
import { type Served, serve } from '../../support/web/process.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-stopping-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** Begins to send a file, and never goes on. @returns when the connection ends */
function hang({ origin, cookie }: Served, path: string): Promise<void> {
  const headers = { origin, cookie, 'content-length': '100000' }
  const sent = httpRequest(`${origin}/api/local/main/${path}`, { method: 'PUT', headers, agent: false })
  const ended = new Promise<void>((resolve) => sent.on('close', resolve).on('error', () => {}))
  return new Promise((resolve) => sent.write('x'.repeat(1_000), () => resolve(ended)))
}

test('streams, uploads, downloads and a training are open, and the program ends as it should', async () => {
  const temporary = join(root, 'tmp')
  mkdirSync(temporary)
  const served = await serve(join(root, 'home'), { TMPDIR: temporary })
  await served.ask('local/main/add-samples', { method: 'POST' })
  const body = new Blob([new Uint8Array(await noisy(601).png().toBuffer())])
  await served.ask('local/main/label?label=answered&name=answered.png', { method: 'PUT', body })
  const streams = await Promise.all(Array.from({ length: 5 }, () => served.request('events')))
  for (const { status } of streams) assert.equal(status, 200)
  const uploads = ['label?label=half&name=half.png', 'import?name=half.zip', 'predict?name=half.png'].map((path) =>
    hang(served, path),
  )
  const training = served.request('local/main/train', {
    method: 'POST',
    headers: { accept: 'text/event-stream' },
  })
  await (await training).body?.getReader().read()
  const download = await served.request('local/main/export.zip')
  assert.equal(download.status, 200)

  assert.equal(await served.stop(), 0)
  await Promise.all(uploads)
  assert.match(served.said(), /Stopped\./)
  assert.doesNotMatch(served.said(), /Error|at .*\.ts:/)
  assert.deepEqual(readdirSync(temporary), [], 'no half files are left')
  const database = new SQLite(join(root, 'home', 'mekiki.sqlite'), { readonly: true })
  assert.equal(database.pragma('integrity_check', { simple: true }), 'ok')
  const labels = database.prepare<[], string>('select name from labels').pluck().all()
  assert.ok(labels.includes('answered') && !labels.includes('half'), labels.join())
  database.close()
})
