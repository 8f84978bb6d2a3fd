// A dataset is downloaded from one page and sent to another: it is there as it was; and who may not have it gets nothing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDataset } from '../../../src/db/datasets.ts'
import { parseLabel } from '../../../src/label.ts'
import { addPictures } from '../../../src/services/labeling.ts'
import type { Visitor } from '../../../src/web/context.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { readRows } from '../../support/round-trip.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

const PICTURES = 4
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

/** What somebody sees who is not the operator. */
async function asOthers(change: Partial<Visitor>, work: () => Promise<void>): Promise<void> {
  const { access } = from.web
  const before = access.visitorIn
  const visitorIn: typeof before = async (...of) => {
    const visitor = await before.call(access, ...of)
    return visitor && { ...visitor, ...change }
  }
  Object.assign(access, { visitorIn })
  await work().finally(() => Object.assign(access, { visitorIn: before }))
}

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
  asOthers({ seesAll: false }, async () => {
    const zip = Buffer.from(await download())
    assert.ok(!zip.includes('adults.png'))
    assert.ok(zip.includes('0.png'))
  }))

test('somebody who is no manager gets nothing; nor does anybody of another server', async () => {
  const nobody = { id: '7', roles: [], managesMessages: true, managesServer: false, ownsServer: false }
  await asOthers({ isOperator: false, person: nobody }, async () =>
    assert.equal((await from.request(path)).status, 403),
  )
  assert.equal((await from.request('/api/999/main/export.zip')).status, 404)
  assert.equal((await from.request('/api/local/other/export.zip')).status, 404)
  assert.equal((await fetch(from.origin + path)).status, 401)
})

test('downloads that nobody reads to the end make room for others', async () => {
  for (let i = 0; i < 6; i++) {
    const response = await from.request(path)
    assert.equal(response.status, 200)
    await response.body?.cancel()
  }
  assert.ok((await download()).length > 0)
})
