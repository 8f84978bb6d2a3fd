// Who may come in, and what the server refuses, over real HTTP.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { openTestSite, PERSON, type TestSite } from '../support/web/site.ts'

let site: TestSite
before(async () => {
  site = await openTestSite()
})
after(() => site.close())

const enter = (token: string, headers: Record<string, string> = { origin: site.origin }): Promise<Response> =>
  fetch(`${site.origin}/enter`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  })
const tokenOf = (link: string): string => new URL(link).hash.slice(1)
const code = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code

/** fetch does not let anybody set the host. */
const withHost = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(site.origin, { headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode!)
    })
    sent.on('error', reject).end()
  })

test('a link works once, and gives a cookie that scripts and other sites never see', async () => {
  const token = tokenOf(site.link())
  const first = await enter(token)
  assert.equal(first.status, 200)
  const cookie = first.headers.get('set-cookie')!
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Strict/)
  const again = await enter(token)
  assert.equal(again.status, 401)
  assert.equal(await code(again), 'web.token')
})

test('a newer link replaces the one before it', async () => {
  const old = tokenOf(site.link())
  const fresh = tokenOf(site.link())
  assert.equal((await enter(old)).status, 401)
  assert.equal((await enter(fresh)).status, 200)
})

test('nobody guesses on: after twenty wrong tokens the right one is void', async () => {
  const token = tokenOf(site.link())
  for (let i = 0; i < 20; i++) assert.equal((await enter(`guess-${i}`)).status, 401)
  assert.equal((await enter(token)).status, 401)
  assert.equal((await enter(tokenOf(site.link()))).status, 200)
})

test('other hosts and other origins are refused', async () => {
  assert.equal(await withHost('evil.example'), 421)
  assert.equal(await withHost(`127.0.0.1.evil.example:${new URL(site.origin).port}`), 421)
  for (const origin of ['https://evil.example', 'null', site.origin.replace('http:', 'https:')]) {
    const refused = await enter(tokenOf(site.link()), { origin })
    assert.equal(refused.status, 403)
    assert.equal(await code(refused), 'web.origin')
  }
  const without = await site.request('/api/local/main/labels', { method: 'POST', headers: { origin: '' } })
  assert.equal(without.status, 403)
})

test('without a session there is nothing to see, and the page itself says no more', async () => {
  for (const path of ['/api/me', '/api', '/api/events', '/api/local/main/stats']) {
    const response = await fetch(site.origin + path)
    assert.equal(response.status, 401, path)
    assert.equal(await code(response), 'web.not-logged-in')
  }
})

test('every answer forbids what is not the page’s own', async () => {
  for (const path of ['/', '/api/me', '/nowhere', '/assets/none/x.js']) {
    const { headers } = await site.request(path)
    assert.match(headers.get('content-security-policy')!, /default-src 'none'.*frame-ancestors 'none'/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('access-control-allow-origin'), null)
  }
})

test('another server’s id is as if it were not there', async () => {
  for (const server of ['140000000000000001', '', 'deleted', 'unfinished', '..%2f']) {
    const response = await site.request(`/api/${server}/main/stats`)
    assert.equal(response.status, 404, server)
  }
})

test('a script’s token is good until it is ended, and makes no others', async () => {
  const made = await site.request('/api/tokens', { method: 'POST', body: JSON.stringify({ name: 'backup script' }) })
  const { token } = (await made.json()) as { token: string }
  const headers = { authorization: `Bearer ${token}` }
  const me = (await (await fetch(`${site.origin}/api/me`, { headers })).json()) as { person: string }
  assert.equal(me.person, PERSON)
  const posted = await fetch(`${site.origin}/api/local/main/labels`, { method: 'POST', headers })
  assert.equal(posted.status, 200)
  const more = { method: 'POST', headers, body: JSON.stringify({ name: 'more' }) }
  assert.equal((await fetch(`${site.origin}/api/tokens`, more)).status, 403)
  const { sessions } = (await (await site.request('/api/tokens')).json()) as {
    sessions: { id: number; name: string }[]
  }
  const { id } = sessions.find(({ name }) => name === 'backup script')!
  assert.equal((await site.request(`/api/tokens/${id}`, { method: 'DELETE' })).status, 200)
  assert.equal((await fetch(`${site.origin}/api/me`, { headers })).status, 401)
  assert.ok(!site.lines.join('').includes(token))
})

test('leaving ends the session, whoever has its cookie', async () => {
  const cookie = await site.logIn()
  const headers = { cookie, origin: site.origin }
  assert.equal((await fetch(`${site.origin}/api/me`, { headers })).status, 200)
  assert.equal((await fetch(`${site.origin}/leave`, { method: 'POST', headers })).status, 200)
  assert.equal((await fetch(`${site.origin}/api/me`, { headers })).status, 401)
})

test('the database knows no secret', async () => {
  const cookie = await site.logIn()
  const secret = cookie.split('=')[1]!
  const rows = await site.app.db.selectFrom('web_sessions').selectAll().execute()
  assert.ok(rows.length > 0)
  assert.ok(!JSON.stringify(rows).includes(secret))
  for (const { hash } of rows) assert.equal(hash.length, 32)
})

test('paths never lead out of what is served', async () => {
  const { headers } = await site.request('/')
  assert.match(headers.get('content-type')!, /html/)
  for (const path of ['/assets/../package.json', '/assets/%2e%2e/package.json', '/assets/x/..%2f..%2fpackage.json']) {
    const text = await (await site.request(path)).text()
    assert.ok(!text.includes('"dependencies"'), path)
  }
})
