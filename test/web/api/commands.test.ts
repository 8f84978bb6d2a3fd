// Commands by address, over real HTTP: results, streams, tags, files, and what is refused.
import assert from 'node:assert/strict'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { LIMITS } from '../../../src/images/limits.ts'
import { defaultSettings } from '../../../src/services/settings.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { until } from '../../support/until.ts'
import { ownUploads } from '../../support/web/own-uploads.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'
import { makeZip } from '../../support/zip-file.ts'

const picture = (seed: number): Promise<Buffer> => noisy(seed).jpeg().toBuffer()
const uploads = ownUploads()

let site: TestSite
before(async () => {
  process.env.WEB_UPLOAD_MIB = '1'
  site = await openTestSite()
})
after(() => site.close())

const told = async (response: Response): Promise<any> => response.json()
const post = (command: string, body: string | object, headers: Record<string, string> = {}): Promise<Response> =>
  site.request(`/api/local/main/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** Events of a stream, in order. */
async function eventsOf(response: Response): Promise<{ event: string; data: any }[]> {
  const blocks = (await response.text()).split('\n\n').filter((block) => block.startsWith('event:'))
  return blocks.map((block) => {
    const [event, data] = block.split('\n').map((line) => line.slice(line.indexOf(':') + 1).trim())
    return { event: event!, data: JSON.parse(data!) }
  })
}

async function refused(response: Response, status: number, code: string): Promise<void> {
  const body = await told(response)
  assert.deepEqual([response.status, body.code], [status, code], JSON.stringify(body))
  assert.ok(body.message.length > 0)
}

test('a file under a label is added, and again is a duplicate', async () => {
  const bytes = await picture(1)
  const [added] = (await told(await site.put('label', bytes, { label: 'cat', name: 'one.jpg' }))).results
  assert.equal(added.key, 'added')
  assert.deepEqual([added.values.added, added.values.label], [1, 'cat'])
  assert.equal(added.choices[0].command, 'undo')
  const [again] = (await told(await site.put('label', bytes, { label: 'cat', name: 'two.jpg' }))).results
  assert.deepEqual([again.values.added, again.values.duplicates], [0, 1])
  const [broken] = (await told(await site.put('label', Buffer.from('no picture'), { label: 'cat', name: 'x.jpg' })))
    .results
  assert.deepEqual(
    broken.values.rejected.map((each: any) => each.file),
    ['x.jpg'],
  )
})

test('a stream tells progress, result and end; what goes wrong is an event of it', async () => {
  const zip = makeZip([
    { name: 'dog/a.jpg', bytes: await picture(11) },
    { name: 'dog/b.jpg', bytes: await picture(12) },
    { name: 'bird/c.jpg', bytes: await picture(13) },
  ])
  const accept = { accept: 'text/event-stream' }
  const put = (body: Uint8Array) =>
    site.request('/api/local/main/import?name=all.zip', {
      method: 'PUT',
      headers: accept,
      body: new Blob([body as never]),
    })
  const events = await eventsOf(await put(zip))
  const kinds = events.map(({ event }) => event)
  assert.deepEqual(kinds, ['progress', 'progress', 'progress', 'result', 'end'])
  assert.deepEqual(events[2]!.data, { done: 3, total: 3, of: 'pictures' })
  assert.deepEqual(events[3]!.data.values.labels, [
    { label: 'dog', added: 2 },
    { label: 'bird', added: 1 },
  ])
  const failed = await eventsOf(await put(Buffer.from('PK no zip at all')))
  assert.deepEqual(
    failed.map(({ event }) => event),
    ['error', 'end'],
  )
  assert.match(failed[0]!.data.code, /^zip\./)
  assert.deepEqual(uploads(), [])
})

test('a ZIP that unpacks to far more than it is, or lies about it, is refused, and nothing of it is left', async () => {
  const zeros = Buffer.alloc(20 * 2 ** 20)
  const small = Buffer.alloc(2 ** 20)
  const packed = (count: number) =>
    makeZip(Array.from({ length: count }, (_, i) => ({ name: `bomb/${i}.png`, bytes: small, isDeflated: true })))
  const block = { name: 'bomb/0.png', bytes: Buffer.alloc(2 ** 16, 'some bytes') }
  const shared = Array.from({ length: 50 }, (_, i) => ({ ...block, name: `bomb/${i}.png`, sharesBytes: i > 0 }))
  for (const zip of [packed(100), makeZip(shared)])
    await refused(await site.put('import', zip, { name: 'bomb.zip' }), 400, 'zip.bomb')
  for (const declared of [zeros.length, 1_000]) {
    const entries = [
      { name: 'bomb/zeros.png', bytes: zeros, isDeflated: true, declared },
      { name: 'bomb/../../../outside.png', bytes: await picture(51) },
      { name: 'bomb/fine.jpg', bytes: await picture(52 + declared) },
    ]
    const answer = await told(await site.put('import', makeZip(entries), { name: 'bomb.zip' }))
    const [{ values }] = answer.results
    assert.deepEqual(values.labels, [{ label: 'bomb', added: 1 }])
    assert.deepEqual(values.rejected.map((each: any) => each.code).sort(), [
      declared === 1_000 ? 'zip.file-damaged' : 'zip.bomb',
      'zip.path',
    ])
  }
  assert.deepEqual(uploads(), [])
})

test('what was seen and has not changed is not sent again', async () => {
  const get = (path: string, tag?: string) =>
    site.request(`/api/local/main/${path}`, { headers: { ...(tag && { 'if-none-match': tag }) } })
  const first = await get('labels')
  const tag = first.headers.get('etag')!
  assert.equal(first.headers.get('cache-control'), 'private, no-cache')
  const again = await get('labels', tag)
  assert.equal(again.status, 304)
  assert.equal(await again.text(), '')
  assert.equal((await get('labels', `W/${tag}`)).status, 304)
  assert.equal((await get('labels?action=deleted', tag)).status, 200, 'other options')
  assert.equal((await get('stats', tag)).status, 200, 'another command')
  const german = { 'if-none-match': tag, 'accept-language': 'ja' }
  assert.equal((await site.request('/api/local/main/labels', { headers: german })).status, 200, 'another language')
  await site.put('label', await picture(21), { label: 'cat' })
  const changed = await get('labels', tag)
  assert.equal(changed.status, 200)
  assert.notEqual(changed.headers.get('etag'), tag)
  await site.run('settings', { caution: 'high' })
  assert.equal((await get('labels', changed.headers.get('etag')!)).status, 200, 'settings')
})

test('only what reads answers GET', async () => {
  const get = (path: string) => site.request(`/api/local/main/${path}`)
  await refused(await get('labels?action=delete&label=cat'), 400, 'web.method')
  await refused(await get('train'), 400, 'web.method')
  const [{ values }] = await site.run('labels')
  assert.ok(values.labels.some(({ label }: any) => label === 'cat'))
})

test('options that are not JSON, too long, unknown or of another kind are refused', async () => {
  for (const body of ['{', '[]', '"text"', 'null', '7']) await refused(await post('labels', body), 400, 'web.json')
  await refused(await post('labels', { label: 'x'.repeat(2 ** 20) }), 413, 'web.too-large')
  for (const options of [{ nothing: 1 }, { action: 'burn' }, { label: 7 }, { label: { a: 1 } }, { __proto__x: 1 }])
    await refused(await post('labels', options), 400, 'option.invalid')
  await refused(await site.request('/api/local/main/stats?nothing=1'), 400, 'option.invalid')
})

test('a page is a number', async () => {
  for (const page of [0, -1, 1.5, 'two', null, [1]].filter((each) => each !== null))
    await refused(await post('audit', { page }), 400, 'option.invalid')
  for (const page of ['x', '0', '-1', '1e3', ''])
    await refused(await site.request(`/api/local/main/audit?page=${page}`), 400, 'option.invalid')
  assert.equal((await site.request('/api/local/main/audit?page=2')).status, 200)
})

test('there is no such command, or not here', async () => {
  for (const command of ['nothing', 'serve', 'encrypt', 'constructor'])
    await refused(await post(command, {}), 404, 'web.nothing')
  await refused(await site.put('stats', Buffer.from('x')), 400, 'web.method')
  await refused(
    await post('stats', {}).then(() => site.request('/api/local/elsewhere/stats')),
    404,
    'dataset.not-found',
  )
})

test('whoever is a member alone adds nothing, sends nothing and learns no tag', async () => {
  const { access } = site.web
  const { visitorIn } = access
  const person = { id: 'guest', roles: [], managesMessages: false, managesServer: false, ownsServer: false }
  access.visitorIn = async (_session, server) => ({
    server,
    person,
    settings: defaultSettings(),
    isOperator: false,
    seesAll: false,
  })
  try {
    await refused(await site.put('label', await picture(31), { label: 'cat' }), 403, 'access.denied')
    await refused(await post('train', {}), 403, 'access.denied')
    const stats = await site.request('/api/local/main/stats')
    assert.equal(stats.headers.get('etag'), null)
    await refused(stats, 403, 'access.denied')
    assert.equal((await site.request('/api/local/main/labels')).status, 200)
  } finally {
    access.visitorIn = visitorIn
  }
})

/** A PUT whose body is written piece by piece. */
function open(
  path: string,
  headers: Record<string, string | number>,
): { sent: ClientRequest; answer: Promise<IncomingMessage> } {
  const sent = httpRequest(site.origin + path, { method: 'PUT', headers: { origin: site.origin, ...headers } })
  const answer = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject))
  answer.catch(() => {})
  return { sent, answer }
}

test('what is too large is refused, whether its length is said or not, and is not read on', async () => {
  const cookie = await site.logIn()
  const declared = open('/api/local/main/label?label=cat', { cookie, 'content-length': LIMITS.bytes + 1 })
  declared.sent.flushHeaders()
  assert.equal((await declared.answer).statusCode, 413)
  declared.sent.destroy()
  const chunked = open('/api/local/main/import?name=large.zip', { cookie })
  const piece = Buffer.alloc(2 ** 16)
  for (let i = 0; i < 17; i++) chunked.sent.write(piece)
  // It never ends: the answer comes before all of it has.
  assert.equal((await chunked.answer).statusCode, 413)
  chunked.sent.destroy()
  assert.deepEqual(uploads(), [])
})

test('a file that is broken off leaves nothing behind, and is no error of the program', async () => {
  const cookie = await site.logIn()
  const before = (await site.run('labels'))[0].values.labels
  const bytes = await picture(41)
  for (const path of ['label?label=half', 'import?name=half.zip']) {
    const { sent } = open(`/api/local/main/${path}`, { cookie, 'content-length': bytes.length })
    sent.write(bytes.subarray(0, 1000))
    await sleep(100)
    sent.destroy()
  }
  await until(() => uploads().length === 0)
  assert.deepEqual((await site.run('labels'))[0].values.labels, before)
  assert.deepEqual(
    site.lines.filter((line) => line.includes('unexpected')),
    [],
  )
})
