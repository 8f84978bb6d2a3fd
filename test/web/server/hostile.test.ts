// Connections and addresses that nobody means well with: refused, logged without their contents, and others are served on.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTestSite, type TestSite } from '../../support/web/site.ts'

const LIMITS = { headersMs: 300, checkMs: 50, connections: 30 }
/** Stands in everything that is sent, and must stand in no log. */
const MARK = 'kept-to-myself'

let site: TestSite
let host: string
let cookie: string
before(async () => {
  site = await openTestSite({ limits: LIMITS })
  host = new URL(site.origin).host
  cookie = await site.logIn()
})
after(() => site.close())

async function open(): Promise<{ socket: Socket; said: () => string; closed: Promise<unknown> }> {
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1')
  let said = ''
  socket.setEncoding('utf8').on('data', (text) => (said += text))
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.on('close', resolve))
  await once(socket, 'connect')
  return { socket, said: () => said, closed }
}

/** What is answered to bytes as they are. */
async function send(bytes: string): Promise<string> {
  const { socket, said, closed } = await open()
  socket.write(bytes)
  await closed
  return said()
}

const isServed = async (): Promise<void> => assert.equal((await site.request('/api/me')).status, 200)

test('whoever sends headers slowly is cut off', async () => {
  const { socket, said, closed } = await open()
  socket.write(`GET /api/me HTTP/1.1\r\nHost: ${host}\r\nX-${MARK}: `)
  const trickle = setInterval(() => socket.write('x'), LIMITS.checkMs)
  await closed
  clearInterval(trickle)
  assert.match(said(), /^(HTTP\/1\.1 408 |$)/)
  await isServed()
})

test('floods of headers are refused', async () => {
  const many = Array.from({ length: 5_000 }, (_, i) => `X-${i}: ${MARK}`).join('\r\n')
  // The connection may end before somebody who goes on sending reads why.
  for (const headers of [`X-Long: ${MARK.repeat(10_000)}`, many, `Cookie: mekiki=${'x'.repeat(100_000)}`])
    assert.match(await send(`GET / HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n\r\n`), /^(HTTP\/1\.1 431 |$)/)
  await isServed()
})

test('what is no HTTP, or two requests in one, is refused', async () => {
  const body = `{"token":"${MARK}"}`
  const post = `POST /enter HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${site.origin}\r\n`
  for (const bytes of [
    `${MARK}\r\n\r\n`,
    `GET / HTTP/9.9\r\nHost: ${host}\r\n\r\n`,
    `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\n${body}`,
    `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${body}`,
    `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n${body}\r\n`,
    `GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\nb: c\r\n\r\n`,
    `GET /\0${MARK} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
  ])
    assert.match(await send(bytes), /^HTTP\/1\.1 400 /, JSON.stringify(bytes))
  const twoHosts = `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`
  assert.doesNotMatch(await send(twoHosts), /^HTTP\/1\.1 [25]/)
  assert.doesNotMatch(await send(`CONNECT evil.example:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`), /^HTTP\/1\.1 [25]/)
  await isServed()
})

test('other methods do nothing', async () => {
  for (const method of ['PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
    for (const path of ['/api/local/main/labels', '/api/me', '/enter']) {
      const { status } = await site.request(path, { method })
      assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status}`)
    }
  assert.match(await send(`TRACE / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 4/)
})

test('more connections than there may be are closed, and room comes back', async () => {
  const closed = Array.from({ length: 3 * LIMITS.connections }, () => {
    const socket = connect(Number(new URL(site.origin).port), '127.0.0.1')
    // What is not read keeps a connection open that the server has closed.
    return new Promise((resolve) =>
      socket
        .resume()
        .on('error', () => {})
        .on('close', resolve),
    )
  })
  // Those that are let in say nothing, and are given up, too.
  await Promise.all(closed)
  await isServed()
})

test('whoever is nobody has no body read: the answer comes first, and the connection ends', async () => {
  for (const path of ['/api/local/main/label', '/api/local/main/import', '/api/tokens', '/enter', '/nothing']) {
    const { socket, said, closed } = await open()
    const method = path === '/api/tokens' || path === '/enter' ? 'POST' : 'PUT'
    const length = `Content-Length: ${2 ** 40}`
    socket.write(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${site.origin}\r\n${length}\r\n\r\n`)
    const piece = MARK.repeat(1_000)
    const flood = setInterval(() => socket.writableNeedDrain || socket.write(piece), 1)
    await closed
    clearInterval(flood)
    assert.match(said(), /^HTTP\/1\.1 4(01|04|13) /, path)
  }
  await isServed()
})

/** Each in the place of a name or a number. */
const TRICKS = [
  ...['..', '.', '%2e%2e', '..%2f..%2fetc%2fpasswd', '%5c..%5c', '%00', 'a%00b', '%ff', '%E0%A4%A', '%'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    "'%20or%201=1--",
    '%3Cscript%3E',
    '-1',
    '1e99',
    '%F0%9F%98%80',
    '*',
    '::1',
  ],
  'x'.repeat(8_000),
]

test('tricks in addresses lead nowhere, on every route that takes a name', async () => {
  const api = (await (await site.request('/api')).json()) as { paths: Record<string, Record<string, unknown>> }
  // Commands share one route.
  const others = Object.entries(api.paths).filter(([path]) => !/^\/\{server\}\/\{dataset\}\/[a-z-]+$/.test(path))
  const routes = others.map(([path, item]): [string, string[]] => [path, Object.keys(item)])
  routes.push(['/{server}/{dataset}/gallery/ids', ['get']], ['/{server}/{dataset}/{command}', ['get', 'post', 'put']])
  for (const [route, methods] of routes)
    for (const parameter of route.match(/\{\w+\}/g) ?? [])
      for (const trick of TRICKS)
        for (const method of methods.filter((each) => ['get', 'post', 'put', 'delete'].includes(each))) {
          const others = route.replace(parameter, trick).replace('{server}', 'local').replace('{dataset}', 'main')
          const path = others.replace('{command}', 'labels').replace(/\{\w+\}/, '1')
          const head = `${method.toUpperCase()} /api${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${site.origin}`
          const said = await send(`${head}\r\nCookie: ${cookie}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
          const where = `${method} ${path.slice(0, 200)}: ${said.slice(0, 200)}`
          // Dots may lead out of the API: the page is there for every other address.
          assert.ok(/^HTTP\/1\.1 4\d\d /.test(said) || /\r\ncontent-type: text\/html/.test(said), where)
          assert.doesNotMatch(said, /root:|<script>/, where)
        }
  assert.deepEqual(await site.app.db.selectFrom('datasets').select('name').execute(), [])
})

test('the log has nothing of it', async () => {
  // What is written at the end of the connections.
  await sleep(LIMITS.checkMs)
  assert.deepEqual(site.lines, [])
})
