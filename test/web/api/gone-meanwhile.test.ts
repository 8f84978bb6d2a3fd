// A dataset is deleted while something of it is under way: that ends with a mistake that people understand, and nothing of it is left.
import assert from 'node:assert/strict'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { ownUploads } from '../../support/web/own-uploads.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'
import { makeZip } from '../../support/zip-file.ts'

const picture = (seed: number): Promise<Buffer> => noisy(seed).png().toBuffer()
const uploads = ownUploads()

let site: TestSite
beforeEach(async () => {
  site = await openTestSite()
  await site.run('add-samples', {}, 'short-lived')
})
afterEach(async () => {
  assert.deepEqual(site.lines, [], 'it is no error of the program')
  await site.close()
})

/** As the button does that asks whether somebody is sure. */
async function remove(): Promise<void> {
  const [asked] = await site.run('datasets', { action: 'delete', name: 'short-lived' })
  const [{ command, options }] = asked.choices
  await site.run(command, options)
}

/** Whatever is left of it is what is being purged; nothing new belongs to it. */
async function assertGone(): Promise<void> {
  const [{ values }] = await site.run('datasets')
  assert.deepEqual(
    values.datasets.map(({ name }: { name: string }) => name).filter((name: string) => name !== 'main'),
    [],
  )
  const { db } = site.app
  const files = await db.selectFrom('examples').select('file').where('file', 'like', 'late%').execute()
  assert.deepEqual(files, [])
}

test('while a picture is sent: it is refused', async () => {
  const cookie = await site.logIn()
  const bytes = await picture(701)
  for (const path of ['label?label=late&name=late.png', 'predict?name=late.png']) {
    const headers = { origin: site.origin, cookie, 'content-length': bytes.length }
    const address = `${site.origin}/api/local/short-lived/${path}`
    const sent = httpRequest(address, { method: 'PUT', headers, agent: false })
    const answer = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject))
    await new Promise<void>((resolve) => sent.write(bytes.subarray(0, 100), () => resolve()))
    // The server has read what there is.
    await site.request('/api/me')
    if (path.startsWith('label')) await remove()
    sent.end(bytes.subarray(100))
    const { statusCode = 0 } = await answer
    assert.ok(statusCode >= 400 && statusCode < 500, `${path}: ${statusCode}`)
  }
  await assertGone()
})

test('while a ZIP is imported: it stops, and its file is deleted', async () => {
  const entries = await Promise.all(
    Array.from({ length: 40 }, async (_, i) => ({ name: `late/late-${i}.png`, bytes: await picture(710 + i) })),
  )
  const response = await site.request('/api/local/short-lived/import?name=all.zip', {
    method: 'PUT',
    headers: { accept: 'text/event-stream' },
    body: new Blob([new Uint8Array(makeZip(entries))]),
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let said = ''
  let isDeleted = false
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    said += value
    if (isDeleted || !said.includes('event: progress')) continue
    isDeleted = true
    await remove()
  }
  assert.match(said, /event: error\ndata: \{"code":"dataset\.[a-z-]+"/, said.slice(-500))
  assert.deepEqual(uploads(), [])
  const [{ values }] = await site.run('datasets')
  assert.ok(!JSON.stringify(values).includes('short-lived'))
})

test('while it is trained: the training ends, and makes no version', async () => {
  const training = site.run('train', {}, 'short-lived').catch((error: { code: string }) => error.code)
  await remove()
  const outcome = await training
  // On a quick machine it had ended before.
  if (typeof outcome === 'string') assert.match(outcome, /^dataset\./)
  await assertGone()
})

test('while it is downloaded or looked at: what follows is refused', async () => {
  const ids = [...new Uint32Array(await (await site.request('/api/local/short-lived/gallery/ids')).arrayBuffer())]
  const download = await site.request('/api/local/short-lived/export.zip')
  assert.equal(download.status, 200)
  await remove()
  await download.arrayBuffer().catch(() => {})
  for (const path of ['gallery/ids', `pictures/${ids[0]}`, 'stats', 'export.zip'])
    assert.equal((await site.request(`/api/local/short-lived/${path}`)).status, 404, path)
  const body = JSON.stringify({ ids })
  const details = await site.request('/api/local/short-lived/examples', { method: 'POST', body })
  assert.equal(details.status, 404)
  await assertGone()
})
