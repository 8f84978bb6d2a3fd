// A gallery over real HTTP: ids, details, pictures and what is known already; and what is not to be seen.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { openDataset } from '../../../src/db/datasets.ts'
import { forgetPerson } from '../../../src/db/forget-person.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { asOthers } from '../../support/web/as-others.ts'
import { openTestSite, PERSON, type TestSite } from '../../support/web/site.ts'

const WIDE = 700
/** Wider than any small picture. */
const picture = (seed: number): Promise<Buffer> =>
  noisy(seed)
    .resize(WIDE, WIDE / 2)
    .jpeg()
    .toBuffer()
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

let site: TestSite
let files: Buffer[]
before(async () => {
  site = await openTestSite()
  files = await Promise.all([1, 2, 3, 4].map(picture))
  for (const [i, file] of files.entries())
    await site.put('label', file, { label: i < 3 ? 'a cat' : 'dog, or so', name: `${'abcd'[i]}.jpg` })
})
after(() => site.close())

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  site.request(`/api/local/main/${path}`, { headers })
const post = (path: string, body: object): Promise<Response> =>
  site.request(`/api/local/main/${path}`, { method: 'POST', body: JSON.stringify(body) })
const told = async (response: Response): Promise<any> => response.json()

async function idsOf(query: string): Promise<number[]> {
  const response = await get(`gallery/ids?${query}`)
  assert.equal(response.status, 200, await response.clone().text())
  return [...new Uint32Array(await response.arrayBuffer())]
}

async function refused(response: Response, status: number, code: string): Promise<void> {
  assert.deepEqual([response.status, (await told(response)).code], [status, code])
}

test('ids come in order, by filter, and not again while nothing changes', async () => {
  const all = await idsOf('')
  assert.equal(all.length, 4)
  assert.deepEqual(
    all,
    [...all].sort((a, b) => b - a),
  )
  assert.deepEqual(await idsOf('sort=oldest'), all.toReversed())
  assert.deepEqual(await idsOf('label=a%20cat&sort=file'), all.toReversed().slice(0, 3))
  assert.deepEqual(await idsOf('label=a%20cat&label=dog%2C%20or%20so'), all)
  assert.deepEqual(await idsOf('text=B.j'), [all[2]])
  assert.deepEqual(await idsOf('width=513'), [])
  const first = await get('gallery/ids')
  const etag = first.headers.get('etag')!
  assert.equal(first.headers.get('cache-control'), 'private, no-cache')
  assert.equal((await get('gallery/ids', { 'if-none-match': etag })).status, 304)
  await site.put('label', await picture(5), { label: 'a cat', name: 'e.jpg' })
  assert.equal((await get('gallery/ids', { 'if-none-match': etag })).status, 200)
  await refused(await get('gallery/ids?colour=red'), 400, 'option.invalid')
  await refused(await get('gallery/ids?sort=price'), 400, 'option.invalid')
  await refused(await get('gallery/ids?label=%20'), 400, 'label.empty')
  const [result] = await site.run('gallery', { label: 'a cat' })
  assert.deepEqual([result.key, result.values.total, result.values.ids.length], ['gallery', 4, 4])
})

test('details come in the order in which they are asked for; others and too many are left out', async () => {
  const [newest, other] = await idsOf('')
  const { examples } = await told(await post('examples', { ids: [other, 999, newest] }))
  assert.deepEqual(
    examples.map((example: any) => example.id),
    [other, newest],
  )
  const [dog] = examples
  assert.deepEqual(
    [dog.label, dog.file, dog.state, dog.by, dog.width, dog.height, dog.also],
    ['dog, or so', 'd.jpg', 'kept', PERSON, 512, 256, []],
  )
  await refused(await post('examples', { ids: Array.from({ length: 201 }, (_, i) => i + 1) }), 400, 'option.invalid')
  await refused(await post('examples', { ids: ['1'] }), 400, 'option.invalid')
})

test('a picture comes in three sizes, is kept small, and is not sent twice', async () => {
  const id = (await idsOf('text=a.jpg'))[0]!
  for (const [size, type] of [
    [160, 'webp'],
    [320, 'webp'],
    [512, 'jpeg'],
  ] as const) {
    const response = await get(`pictures/${id}?size=${size}`)
    assert.equal(response.headers.get('content-type'), `image/${type}`)
    assert.equal(response.headers.get('cache-control'), 'private, no-cache')
    const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
    assert.deepEqual([width, height], [size, size / 2])
    const again = await get(`pictures/${id}?size=${size}`, { 'if-none-match': response.headers.get('etag')! })
    assert.deepEqual([again.status, (await again.arrayBuffer()).byteLength], [304, 0])
  }
  const same = await Promise.all([1, 2, 3].map(async () => (await get(`pictures/${id}?size=160`)).arrayBuffer()))
  assert.equal(new Set(same.map((bytes) => sha256(Buffer.from(bytes)))).size, 1)
})

test('what another dataset has, what is gone, and what is no size is refused', async () => {
  const { db } = site.app
  await openDataset(db, { server: '', name: 'other', create: true })
  const id = (await idsOf('text=a.jpg'))[0]!
  await refused(await site.request(`/api/local/other/pictures/${id}`), 404, 'web.nothing')
  await refused(await site.request(`/api/elsewhere/main/pictures/${id}`), 404, 'web.nothing')
  await refused(await site.request(`/api/local/third/gallery/ids`), 404, 'dataset.not-found')
  await refused(await get('pictures/999'), 404, 'web.nothing')
  await refused(await get('pictures/one'), 404, 'web.nothing')
  await refused(await get(`pictures/${id}?size=999`), 400, 'option.invalid')
  await refused(await site.request(`/api/local/other/example?example=${id}`), 404, 'review.not-found')
})

test('what was added in an age-restricted channel is there for nobody who is not shown it', async () => {
  const id = (await idsOf('text=b.jpg'))[0]!
  await site.app.db.updateTable('examples').set({ age_restricted: 1 }).where('id', '=', id).execute()
  const etag = (await get(`pictures/${id}`)).headers.get('etag')!
  await asOthers(site, { seesAll: false }, async () => {
    assert.equal((await idsOf('state=all')).includes(id), false)
    assert.deepEqual((await told(await post('examples', { ids: [id] }))).examples, [])
    await refused(await get(`pictures/${id}`), 404, 'web.nothing')
    await refused(await get(`pictures/${id}`, { 'if-none-match': etag }), 404, 'web.nothing')
    await refused(await get(`example?example=${id}`), 404, 'review.not-found')
  })
  assert.ok((await idsOf('')).includes(id))
})

test('somebody who neither teaches nor reviews sees none of it', async () => {
  const person = { id: '7', roles: ['9'], managesMessages: false, managesServer: false, ownsServer: false }
  const id = (await idsOf(''))[0]!
  const asMember = { person, isOperator: false }
  await asOthers(site, asMember, async () => {
    for (const path of ['gallery/ids', `pictures/${id}`, `example?example=${id}`])
      await refused(await get(path), 403, 'access.denied')
    for (const path of ['examples', 'known'])
      await refused(await post(path, { ids: [], hashes: [] }), 403, 'access.denied')
  })
  const { settings } = (await site.web.access.visitorIn({ id: 1, person: PERSON, name: '', kind: 'browser' }, ''))!
  const withRole = { ...asMember, settings: { ...settings, roles: { reviewer: '9' } } }
  await asOthers(site, withRole, async () => assert.ok((await idsOf('')).includes(id)))
})

test('files that are learned from are known by their hash, under a label or under any', async () => {
  const hashes = [...files.map(sha256), sha256(Buffer.from('another'))]
  const known = async (body: object): Promise<string[]> => (await told(await post('known', { hashes, ...body }))).known
  assert.deepEqual((await known({})).sort(), hashes.slice(0, 4).sort())
  assert.deepEqual(await known({ label: 'DOG, or so' }), [hashes[3]])
  assert.deepEqual(await known({ label: 'bird' }), [])
  await site.run('exclude', { examples: await idsOf('text=d.jpg') })
  assert.deepEqual((await known({})).sort(), hashes.slice(0, 3).sort())
  await refused(await post('known', { hashes: ['zz'] }), 400, 'option.invalid')
  await refused(await post('known', { hashes: Array(1_001).fill(hashes[0]) }), 400, 'option.invalid')
})

test('what is known of one example, and what was done with it', async () => {
  const id = (await idsOf('state=all&text=d.jpg'))[0]!
  const [{ values, answer }] = await site.run('example', { example: id })
  assert.equal(values.example.state, 'excluded')
  assert.deepEqual(
    values.history.map((change: any) => [change.action, change.by]),
    [
      ['reviewed', PERSON],
      ['filed', PERSON],
    ],
  )
  assert.match(answer.headline, /dog/)
  await refused(await get('example?example=999'), 404, 'review.not-found')
})

test('what is selected is changed together, and one choice undoes it', async () => {
  const ids = await idsOf('')
  const before = (await told(await post('examples', { ids }))).examples
  for (const options of [
    { change: 'move', label: 'lion' },
    { change: 'exclude' },
    { change: 'keep' },
    { change: 'remove' },
  ]) {
    const [changed] = await site.run('change-examples', { examples: ids, ...options })
    const [choice] = changed.choices
    assert.deepEqual([choice.key, choice.command], ['undo', 'undo-change'])
    assert.notDeepEqual((await told(await post('examples', { ids }))).examples, before)
    const [undone] = await site.run(choice.command, choice.options)
    assert.deepEqual([undone.key, undone.values], ['changeUndone', { undone: ids.length, left: 0 }])
    assert.deepEqual((await told(await post('examples', { ids }))).examples, before)
  }
  await refused(await post('change-examples', { examples: ids, change: 'move' }), 400, 'label.empty')
  await refused(await post('change-examples', { examples: [999], change: 'exclude' }), 404, 'review.gone')
  await refused(await post('change-examples', { examples: ids, change: 'sell' }), 400, 'option.invalid')
  const person = { id: '7', roles: ['9'], managesMessages: false, managesServer: false, ownsServer: false }
  const { settings } = (await site.web.access.visitorIn({ id: 1, person: PERSON, name: '', kind: 'browser' }, ''))!
  const asTeacher = { person, isOperator: false, settings: { ...settings, roles: { teacher: '9' } } }
  await asOthers(site, asTeacher, async () => {
    await refused(await post('change-examples', { examples: ids, change: 'exclude' }), 403, 'access.denied')
    const [moved] = await site.run('change-examples', { examples: ids, change: 'move', label: 'lion' })
    await site.run('undo-change', moved.choices[0].options)
  })
})

test('a forgotten person’s pictures are gone, the small ones too', async () => {
  const id = (await idsOf('text=a.jpg'))[0]!
  const etag = (await get(`pictures/${id}?size=320`)).headers.get('etag')!
  await forgetPerson(site.app.db, { by: PERSON, server: '' })
  await refused(await get(`pictures/${id}?size=320`, { 'if-none-match': etag }), 404, 'web.nothing')
  assert.deepEqual(await site.app.db.selectFrom('thumbnails').select('picture').execute(), [])
  assert.deepEqual(await idsOf('state=all'), [])
})
