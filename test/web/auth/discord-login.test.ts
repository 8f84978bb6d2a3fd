// Logging in with Discord: the real bot with its page, against a stand-in for Discord, over HTTP.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Answer, Browser, CALLBACK, freePort, PAGE, PAGE_ENV, pagePort } from '../../support/discord/browser.ts'
import { inWorld, openWorld, type World } from '../../support/discord/world.ts'
import { MAIN } from '../../support/mekiki.ts'
import { until } from '../../support/until.ts'

const SESSION = '__Host-mekiki'

let world: World
let port: number
before(async () => {
  world = await openWorld()
  world.stand.oauth.redirectUris.push(CALLBACK)
  port = pagePort(await world.start(PAGE_ENV))
})
after(async () => {
  assert.equal(world.stand.oauth.openTokens, 0, 'every token was given back')
  // Files and logs are looked through for tokens, codes and secrets.
  assert.deepEqual(await world.close(), [])
})

const locationOf = ({ headers }: Answer): string => String(headers.location)
const json = (answer: Answer) => JSON.parse(answer.text)
/** What a login that failed ends with. */
async function failure(browser: Browser, answer: Answer): Promise<{ code: string; text: string }> {
  assert.equal(answer.status, 302)
  const to = new URL(locationOf(answer), PAGE)
  assert.equal(to.pathname, '/login')
  assert.ok(!browser.cookies.has(SESSION), 'nobody is logged in')
  const shown = await browser.open(to.pathname + to.search)
  assert.equal(shown.status, 200)
  return { code: to.searchParams.get('error') ?? '', text: shown.text }
}

test('the start says which redirect the Developer Portal must have, and none without a secret', () => {
  assert.ok(world.bots[0]!.logs.some(({ url, redirectUri }) => url === PAGE && redirectUri === CALLBACK))
  const env = { ...process.env, ...world.stand.env, MEKIKI_HOME: join(world.root, 'other'), WEB_URL: PAGE }
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'serve'], { env, cwd: world.root, encoding: 'utf8' })
  assert.equal(status, 1)
  assert.match(stderr, /DISCORD_CLIENT_SECRET.*config\.invalid/)
})

test('whoever opens a page is asked to log in, and comes to where they wanted to go', async () => {
  const { stand, people, guild } = world
  const browser = new Browser(port)
  const wanted = `/${guild.id}/main/review?x=1`
  const asked = await browser.open(wanted)
  assert.equal(asked.status, 302)
  assert.equal(locationOf(asked), `/login?to=${encodeURIComponent(wanted)}`)
  const page = await browser.open(locationOf(asked))
  assert.match(page.text, /Sign in with Discord/)
  assert.ok(page.text.includes(`href="/login/discord?to=${encodeURIComponent(wanted)}"`))
  const back = await browser.logIn(stand, people.member.user, wanted)
  assert.equal(back.status, 302)
  assert.equal(locationOf(back), wanted)
  const me = json(await browser.get('/api/me'))
  assert.equal(me.kind, 'discord')
  assert.equal(me.name, 'member')
  assert.equal(me.isOperator, false)
  assert.deepEqual(
    me.servers.map(({ id, name }: { id: string; name: string }) => [id, name]),
    [[guild.id, 'cats']],
  )
  assert.equal((await browser.open(wanted)).status, 200)
})

test('without a session there is no answer, and the cookie is one that no other page and no script can read', async () => {
  const { stand, people } = world
  const browser = new Browser(port)
  const refused = await browser.get('/api/me')
  assert.equal(refused.status, 401)
  assert.equal(json(refused).code, 'web.not-logged-in')
  const back = await browser.logIn(stand, people.member.user)
  const set = back.setCookies.find((line) => line.startsWith(`${SESSION}=`)) ?? ''
  for (const flag of [/; HttpOnly/i, /; Secure/i, /; SameSite=Lax/i, /; Path=\//i, /; Max-Age=604800/i])
    assert.match(set, flag)
  assert.doesNotMatch(set, /domain/i)
  const first = browser.cookies.get(SESSION)
  await browser.logIn(stand, people.member.user)
  assert.notEqual(browser.cookies.get(SESSION), first, 'a login has a session of its own')
  const before = new Browser(port)
  before.cookies.set(SESSION, first ?? '')
  assert.equal((await before.get('/api/me')).status, 401, 'and ends the one before')
})

test('Discord is asked for no more than who and where, with PKCE and a state, and every token is given back', async () => {
  const { stand, people } = world
  const browser = new Browser(port)
  const started = await browser.open('/login/discord')
  const url = new URL(locationOf(started))
  assert.equal(url.searchParams.get('scope'), 'identify guilds')
  assert.equal(url.searchParams.get('redirect_uri'), CALLBACK)
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
  const calls = stand.calls.length
  await browser.logIn(stand, people.member.user)
  assert.deepEqual(
    stand.calls.slice(calls).filter((call) => /oauth2|users\/@me/.test(call)),
    [
      'GET /api/oauth2/authorize',
      'POST /api/oauth2/token',
      'GET /api/v10/users/@me',
      'GET /api/v10/users/@me/guilds',
      'POST /api/oauth2/token/revoke',
    ],
  )
})

test('whoever says no is told so, in the language of the browser', async () => {
  const { stand, people } = world
  for (const [language, said] of [
    ['en', /You cancelled/],
    ['ja,en;q=0.5', /キャンセル/],
  ] as const) {
    const browser = new Browser(port, language)
    stand.oauth.says = 'no'
    const answer = await browser.logIn(stand, people.member.user)
    stand.oauth.says = 'yes'
    const { code, text } = await failure(browser, answer)
    assert.equal(code, 'login.cancelled')
    assert.match(text, said)
  }
})

test('a wrong state, another issuer, or a login of another browser is refused', async () => {
  const { stand, people } = world
  const changed = async (change: (url: URL) => void): Promise<string> => {
    const browser = new Browser(port)
    const back = await browser.beginLogin(stand, people.member.user)
    change(back)
    return (await failure(browser, await browser.open(back.pathname + back.search))).code
  }
  assert.equal(await changed((url) => url.searchParams.set('state', 'x'.repeat(43))), 'login.state')
  assert.equal(await changed((url) => url.searchParams.delete('state')), 'login.state')
  assert.equal(await changed((url) => url.searchParams.set('iss', 'https://elsewhere.example')), 'login.state')
  assert.equal(await changed((url) => url.searchParams.delete('iss')), 'login.state')
  assert.equal(await changed((url) => url.searchParams.append('code', 'another')), 'login.state')
  // A link to somebody else's login, which would have the victim work in their name.
  const attacker = new Browser(port)
  const back = await attacker.beginLogin(stand, people.teacher.user)
  const victim = new Browser(port)
  assert.equal((await failure(victim, await victim.open(back.pathname + back.search))).code, 'login.state')
})

test('a code counts once, and one that Discord no longer takes is refused', async () => {
  const { stand, people } = world
  const browser = new Browser(port)
  const back = await browser.beginLogin(stand, people.member.user)
  const began = new Map(browser.cookies)
  assert.equal(locationOf(await browser.open(back.pathname + back.search)), '/')
  const again = new Browser(port)
  assert.equal((await failure(again, await again.open(back.pathname + back.search))).code, 'login.state')
  // Also with everything that the browser had.
  for (const [name, value] of began) again.cookies.set(name, value)
  assert.equal((await failure(again, await again.open(back.pathname + back.search))).code, 'login.expired')
})

test('who is on no server of the bot is not let in, and whoever never was learns of none', async () => {
  const { stand } = world
  const stranger = stand.addUser('stranger')
  stand.oauth.otherServers.set(stranger.id, ['999'])
  const browser = new Browser(port)
  const { code, text } = await failure(browser, await browser.logIn(stand, stranger))
  assert.equal(code, 'login.no-server')
  assert.match(text, /any Discord server that uses me/)
})

test('Discord that does not answer, or does not know the application, is said and not a crash', async () => {
  const { stand, people } = world
  for (const [path, fault, expected] of [
    [/oauth2\/token$/, { status: 503 }, 'discord.unreachable'],
    [/users\/@me\/guilds/, { status: 500 }, 'discord.unreachable'],
  ] as const) {
    const browser = new Browser(port)
    const back = await browser.beginLogin(stand, people.member.user)
    stand.faults.push({ path, times: 1, ...fault })
    const { code } = await failure(browser, await browser.open(back.pathname + back.search))
    assert.equal(code, expected, String(path))
  }
})

test('it leads to its own pages alone, and an error in the address is no markup', async () => {
  const { stand, people } = world
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\tx//evil',
  ]) {
    const answer = await new Browser(port).logIn(stand, people.member.user, to)
    assert.equal(new URL(locationOf(answer), PAGE).origin, PAGE, to)
  }
  const page = await new Browser(port).open(
    `/login?error=${encodeURIComponent('<img src=x onerror=alert(1)>')}&to=/"><script>`,
  )
  assert.equal(page.status, 200)
  assert.doesNotMatch(page.text, /<img src=x|onerror|<script>/)
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/)
})

test('another host or origin is refused, whatever cookie it brings', async () => {
  const { stand, people } = world
  const browser = new Browser(port)
  await browser.logIn(stand, people.member.user)
  assert.equal((await browser.get('/api/me', { host: 'evil.example' })).status, 421)
  assert.equal((await browser.get('/api/me', { host: `127.0.0.1:${port}` })).status, 421)
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
    assert.equal((await browser.post('/leave', {}, headers)).status, 403, JSON.stringify(headers))
  // What a proxy may be made to forward names no other host.
  assert.equal((await browser.get('/api/me', { 'x-forwarded-host': 'evil.example' })).status, 200)
})

test('logging out ends the session everywhere it was copied to, and “everywhere” ends all of them', async () => {
  const { stand, people } = world
  const [one, two] = [new Browser(port), new Browser(port)]
  await one.logIn(stand, people.teacher.user)
  await two.logIn(stand, people.teacher.user)
  const thief = one.stolen()
  assert.equal((await thief.get('/api/me')).status, 200)
  assert.equal((await one.post('/leave')).status, 200)
  assert.ok(!one.cookies.has(SESSION))
  assert.equal((await thief.get('/api/me')).status, 401, 'a copy is worth nothing')
  assert.equal((await two.get('/api/me')).status, 200)
  const three = new Browser(port)
  await three.logIn(stand, people.teacher.user)
  assert.equal((await three.post('/leave/everywhere')).status, 200)
  assert.equal((await two.get('/api/me')).status, 401)
})

test('many logins at once are bounded', async () => {
  const browser = new Browser(port)
  browser.cookies.set('__Host-mekiki-login', Buffer.from('{"state":"s","verifier":"v","to":"/"}').toString('base64url'))
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const codes = new Map<string, number>()
  for (let i = 0; i < 150; i++) {
    const answer = await new Browser(port).get('/login/callback?state=s&code=c', { cookie })
    const code = new URL(locationOf(answer), PAGE).searchParams.get('error') ?? ''
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  assert.ok((codes.get('busy.full') ?? 0) > 10, JSON.stringify([...codes]))
})

test('while the bot has not connected yet the page is there and says so; then it lets people in', async () => {
  await inWorld(async ({ stand, people, start }) => {
    stand.oauth.redirectUris.push(CALLBACK)
    const port = await freePort()
    stand.faults.push({ path: /^GET \/gateway/, times: 1_000, status: 503 })
    const starting = start({ ...PAGE_ENV, WEB_PORT: String(port) })
    const browser = new Browser(port)
    let answer: Answer | undefined
    const ask = async (): Promise<void> => {
      while (!answer) answer = await browser.open('/login/discord').catch(() => undefined)
    }
    void ask()
    await until(
      () => answer !== undefined,
      () => 'no page',
    )
    assert.match(locationOf(answer!), /error=discord\.starting/)
    stand.faults.length = 0
    await starting
    assert.equal(locationOf(await browser.logIn(stand, people.member.user)), '/')
  })
})
