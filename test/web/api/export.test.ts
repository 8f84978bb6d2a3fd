// A dataset is downloaded from one page and sent to another: it is there as it was; and who may not have it gets nothing.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openDataset } from '../../../src/db/datasets.ts'
import { addExample } from '../../../src/db/examples.ts'
import { parseLabel } from '../../../src/label.ts'
import { addPictures } from '../../../src/services/labeling.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { readRows } from '../../support/round-trip.ts'
import { asOthers } from '../../support/web/as-others.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'
import { makeZip } from '../../support/zip-file.ts'

const PICTURES = 4
/** More than is sent between two looks at somebody's rights, and than sockets hold. */
const LARGE = { pictures: 50, bytes: 2 ** 20 }
const MANAGER = { id: '8', roles: [], managesMessages: true, managesServer: true, ownsServer: false }
let from: TestSite
let to: TestSite
const path = '/api/local/main/export.zip'

before(async () => {
  ;[from, to] = await Promise.all([openTestSite(), openTestSite()])
  for (let i = 0; i < PICTURES; i++)
    await from.put(
      'label',
      await noisy(300 + i)
        .png()
        .toBuffer(),
      { label: i % 2 ? 'a/b' : 'CON', name: `${i}.png` },
    )
  const dataset = await openDataset(from.app.db, { server: '', name: 'main', create: false })
  const bytes = await noisy(320).png().toBuffer()
  const source = { name: 'adults.png', read: async () => new Uint8Array(bytes) }
  const added = addPictures(from.app, { dataset, by: '5', ageRestricted: true }, [{ source, label: parseLabel('CON') }])
  for await (const outcome of added) assert.equal(typeof outcome, 'object')
  await from.run('exclude', { examples: '1' })
})
after(() => Promise.all([from.close(), to.close()]))

async function download(): Promise<Uint8Array> {
  const response = await from.request(path)
  assert.equal(response.status, 200, await response.clone().text())
  assert.match(response.headers.get('content-disposition') ?? '', /filename="mekiki-main\.zip"/)
  return new Uint8Array(await response.arrayBuffer())
}

test('what was downloaded and is sent to another page is there as it was, and again changes nothing', async () => {
  const zip = await download()
  const response = await to.put('import', zip, { name: 'mekiki-main.zip' })
  assert.equal(response.status, 200, await response.clone().text())
  assert.match(await response.text(), /Added 5 pictures to 2 labels/)
  assert.deepEqual(readRows(to.home), readRows(from.home))
  assert.match(await (await to.put('import', zip, { name: 'mekiki-main.zip' })).text(), /5 pictures were already there/)
})

test('without the right to see them, pictures from age-restricted channels stay behind', () =>
  asOthers(from, { seesAll: false }, async () => {
    const zip = Buffer.from(await download())
    assert.ok(!zip.includes('adults.png'))
    assert.ok(zip.includes('0.png'))
  }))

test('somebody who is no manager gets nothing; nor does anybody of another server', async () => {
  const nobody = { id: '7', roles: [], managesMessages: true, managesServer: false, ownsServer: false }
  await asOthers(from, { isOperator: false, person: nobody }, async () =>
    assert.equal((await from.request(path)).status, 403),
  )
  assert.equal((await from.request('/api/999/main/export.zip')).status, 404)
  assert.equal((await from.request('/api/local/other/export.zip')).status, 404)
  assert.equal((await fetch(from.origin + path)).status, 401)
})

test('a manager who brings their own download back adds nothing', () =>
  asOthers(from, { isOperator: false, seesAll: false, person: MANAGER }, async () => {
    const response = await from.put('import', await download(), { name: 'back.zip' })
    assert.match(await response.text(), /4 pictures were already there/)
    assert.equal(readRows(from.home).examples.length, PICTURES + 1)
  }))

test('what is no whole export is refused with the line that is wrong', async () => {
  const lines = `{"kind":"dataset","format":"mekiki-dataset","version":1,"dataset":"a","server":"","exportedAt":"2026-01-01T00:00:00.000Z"}\n{"kind":"example"}\n`
  const zip = makeZip([{ name: 'manifest.jsonl', bytes: Buffer.from(lines) }])
  const response = await to.put('import', zip, { name: 'bad.zip' })
  const { code, message } = (await response.json()) as { code: string; message: string }
  assert.deepEqual([response.status, code], [400, 'manifest.invalid'])
  assert.match(message, /line 2 of/)
})

test('whoever loses the right meanwhile does not get the rest', async () => {
  const dataset = await openDataset(from.app.db, { server: '', name: 'large', create: true })
  for (let i = 0; i < LARGE.pictures; i++) {
    const hash = Buffer.from(`picture ${i}`)
    const hashes = { fileHash: hash, pixelHash: hash, perceptualHash: BigInt(i) }
    const picture = { ...hashes, copy: randomBytes(LARGE.bytes), width: 8, height: 8, contrast: 50 }
    const about = { label: parseLabel('cat'), file: `${i}.png`, by: '5' }
    await addExample(from.app.db, dataset, { ...about, picture, backbone: 'made-up@1', features: Float32Array.of(1) })
  }
  const response = await from.request('/api/local/large/export.zip')
  const reader = response.body?.getReader()
  await reader?.read()
  const nobody = { ...MANAGER, managesServer: false }
  await asOthers(from, { isOperator: false, person: nobody }, () =>
    assert.rejects(async () => {
      while (!(await reader?.read())?.done);
    }),
  )
  assert.equal((await from.request(path)).status, 200)
})

test('downloads that nobody reads to the end make room for others', async () => {
  for (let i = 0; i < 6; i++) {
    const response = await from.request(path)
    assert.equal(response.status, 200)
    await response.body?.cancel()
    assert.equal((await from.request(path, { method: 'HEAD' })).status, 200)
  }
  assert.ok((await download()).length > 0)
})
