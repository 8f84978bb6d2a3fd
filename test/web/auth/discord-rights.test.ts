// What people who logged in with Discord may do: asked of Discord anew, refused as in the chat, and ended when it ends.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { draw } from '../../../demo/characters.ts'
import { type Answer, Browser, CALLBACK, PAGE, PAGE_ENV, pagePort } from '../../support/discord/browser.ts'
import { type Guild, makeUser, type User } from '../../support/discord/entities.ts'
import { openWorld, type World } from '../../support/discord/world.ts'
import { environmentOf } from '../../support/home-database.ts'
import { MAIN } from '../../support/mekiki.ts'
import { until } from '../../support/until.ts'

const OPERATOR = makeUser('operator')

let world: World
let port: number
let other: Guild
before(async () => {
  world = await openWorld()
  const { stand } = world
  stand.oauth.redirectUris.push(CALLBACK)
  other = stand.addGuild('dogs')
  other.members.push({ user: OPERATOR, roles: [] })
  const bot = await world.start({ ...PAGE_ENV, OPERATORS: OPERATOR.id, METRICS_PORT: '0' })
  port = pagePort(bot)
})
after(async () => assert.deepEqual(await world.close(), []))

const json = (answer: Answer) => JSON.parse(answer.text)
const at = (guild: Guild, command: string): string => `/api/${guild.id}/main/${command}`
async function loggedIn(user: User): Promise<Browser> {
  const browser = new Browser(port)
  const answer = await browser.logIn(world.stand, user)
  assert.equal(answer.headers.location, '/', user.username)
  return browser
}
async function refusal(answer: Promise<Answer>): Promise<[number, string]> {
  const { status, text } = await answer
  return [status, status < 400 ? text : JSON.parse(text).code]
}
/** An event that Discord sent has arrived at the bot. */
const toldBot = (check: () => Promise<boolean>): Promise<void> => {
  let isSo = false
  const look = async (): Promise<void> => {
    while (!isSo) {
      isSo = await check()
      // Looks that are answered count as uses, of which a person has so many a minute.
      await sleep(100)
    }
  }
  void look()
  return until(
    () => isSo,
    () => 'the bot was not told',
  )
}

test('people may do on the page what they may do in the chat', async () => {
  const { people, guild } = world
  const member = await loggedIn(people.member.user)
  const manager = await loggedIn(people.manager.user)
  const owner = await loggedIn(people.owner.user)
  assert.deepEqual(await refusal(member.post(at(guild, 'settings'))), [403, 'access.denied'])
  assert.deepEqual(await refusal(member.post(at(guild, 'train'))), [403, 'access.denied'])
  assert.equal((await manager.post(at(guild, 'settings'))).status, 200)
  const learning = { learnFromPosts: true }
  assert.deepEqual(await refusal(manager.post(at(guild, 'settings'), learning)), [403, 'access.denied'])
  assert.equal((await owner.post(at(guild, 'settings'), learning)).status, 200)
  assert.equal((await member.post(at(guild, 'labels'))).status, 200)
  const asked = await new Browser(port, 'ja').ask(at(guild, 'train'), {
    method: 'POST',
    headers: { origin: 'https://mekiki.test' },
  })
  assert.match(json(asked).message, /ログイン/, 'refused in the language of the browser')
})

test('a role that was lost counts for nothing in the next request, and ends what was open', async () => {
  const { stand, guild, people } = world
  const { user } = people.teacher
  const browser = await loggedIn(user)
  assert.equal((await browser.post(at(guild, 'suspects'))).status, 200)
  const stream = await browser.stream('/api/events')
  assert.equal(stream.status, 200)
  await until(
    () => stream.text().includes('hello'),
    () => stream.text(),
  )
  stand.takeRoles(guild, user)
  stand.tellMember(guild, user)
  await stream.ended
  assert.deepEqual(await refusal(browser.post(at(guild, 'suspects'))), [403, 'access.denied'])
  assert.equal((await browser.post(at(guild, 'labels'))).status, 200, 'a member is left')
})

test('whoever leaves the server is nobody there, and the server is not even named to them', async () => {
  const { stand, guild } = world
  const user = stand.addUser('leaver', guild)
  const browser = await loggedIn(user)
  const stream = await browser.stream('/api/events')
  assert.equal((await browser.post(at(guild, 'labels'))).status, 200)
  stand.removeMember(guild, user)
  await stream.ended
  assert.deepEqual(await refusal(browser.post(at(guild, 'labels'))), [404, 'web.nothing'])
  assert.deepEqual(json(await browser.get('/api/me')).servers, [])
})

test('ids of other servers are answered as if there were none, whether they are there or not', async () => {
  const { people } = world
  const browser = await loggedIn(people.member.user)
  const answers = await Promise.all(
    [other.id, '1', 'local', '..%2f..', 'x'.repeat(500), '%00'].map((id) =>
      refusal(browser.post(`/api/${id}/main/labels`)),
    ),
  )
  for (const answer of answers) assert.deepEqual(answer, [404, 'web.nothing'])
})

test('whoever is elsewhere reaches no picture, example, name or file of a server, by whichever address', async () => {
  const { stand, guild, people, root } = world
  const owner = await loggedIn(other.owner)
  const picture = readFileSync(await draw(join(root, 'drawn'), 'Akari', 0))
  const headers = { origin: PAGE, 'content-type': 'application/octet-stream' }
  const put = { method: 'PUT', headers, body: picture }
  const added = await owner.ask(`${at(other, 'label')}?label=secret-label&name=secret-file.png`, put)
  assert.equal(added.status, 200, added.text)
  const gallery = await owner.get(at(other, 'gallery'))
  assert.equal(gallery.status, 200)
  const id = json(await owner.post(at(other, 'gallery'))).results[0].values.ids[0]
  assert.equal((await owner.get(at(other, `pictures/${id}`))).status, 200)
  const manager = await loggedIn(people.manager.user)
  for (const answer of [
    manager.get(at(other, 'gallery')),
    manager.get(at(other, `pictures/${id}`)),
    manager.get(at(other, 'labels')),
    manager.post(at(other, 'examples'), { ids: [id] }),
    manager.post(at(other, 'known'), { hashes: [] }),
    manager.post(at(other, 'exclude'), { examples: [id] }),
    manager.ask(`${at(other, 'label')}?label=x`, put),
  ])
    assert.deepEqual(await refusal(answer), [404, 'web.nothing'])
  // The same ids, asked for in a server of their own.
  await stand.textOf(
    stand.command(people.manager, 'label', { label: 'own' }, await world.pictures('Botan', 0, 1)),
    /Added/,
  )
  assert.deepEqual(await refusal(manager.get(at(guild, `pictures/${id}`))), [404, 'web.nothing'])
  assert.deepEqual(json(await manager.post(at(guild, 'examples'), { ids: [id] })), { examples: [] })
  for (const answer of [
    await manager.post(at(guild, 'exclude'), { examples: [id] }),
    await manager.post(at(guild, 'relabel'), { label: 'own', examples: [id] }),
    await manager.post(at(guild, 'example'), { example: id }),
    await manager.get(at(guild, 'gallery?text=secret')),
  ])
    assert.doesNotMatch(answer.text, /secret-/, answer.text)
  assert.equal((await owner.get(at(other, `pictures/${id}`))).status, 200, 'nothing happened to it')
  const kept = json(await owner.post(at(other, 'examples'), { ids: [id] })).examples[0]
  assert.deepEqual([kept.state, kept.label], ['kept', 'secret-label'])
})

test('a server that somebody joins after they logged in is theirs as soon as they open it', async () => {
  const { people } = world
  const { user } = people.member
  const browser = await loggedIn(user)
  other.members.push({ user, roles: [] })
  world.stand.tellMember(other, user)
  await toldBot(async () => (await browser.post(at(other, 'labels'))).status === 200)
  assert.equal(json(await browser.get('/api/me')).servers.length, 2)
})

test('an operator may do what a terminal may, where they are, and nobody else may', async () => {
  const { guild, people } = world
  const operator = await loggedIn(OPERATOR)
  const me = json(await operator.get('/api/me'))
  assert.equal(me.isOperator, true)
  assert.deepEqual(
    me.servers.map((s: { name: string }) => s.name),
    ['dogs', 'local'],
  )
  assert.equal((await operator.post(at(other, 'settings'))).status, 200)
  assert.deepEqual(await refusal(operator.post(at(guild, 'labels'))), [404, 'web.nothing'], 'they are not there')
  const manager = await loggedIn(people.owner.user)
  assert.deepEqual(await refusal(manager.post('/api/local/main/labels')), [404, 'web.nothing'])
  assert.equal(json(await manager.get('/api/me')).isOperator, false)
})

test('Discord that cannot be asked lets nobody in', async () => {
  const { stand, guild } = world
  const user = stand.addUser('unlucky', guild)
  const browser = await loggedIn(user)
  stand.faultOf = (call) => (call.endsWith(`/members/${user.id}`) ? { status: 403, code: 50001 } : undefined)
  assert.deepEqual(await refusal(browser.post(at(guild, 'labels'))), [503, 'discord.unreachable'])
  stand.faultOf = () => undefined
  assert.equal((await browser.post(at(guild, 'labels'))).status, 200, 'what failed is not remembered')
})

test('whom the operator blocks is refused, also with a session, and cannot log in again', async () => {
  const { stand, guild, home } = world
  const user = stand.addUser('nuisance', guild)
  const browser = await loggedIn(user)
  const { status, stderr } = spawnSync(process.execPath, [MAIN, 'people', 'block', user.id], {
    env: { ...process.env, ...(await environmentOf(home)), MEKIKI_HOME: home },
    cwd: home,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  await toldBot(async () => (await browser.get('/api/me')).status === 403)
  assert.deepEqual(await refusal(browser.get('/api/me')), [403, 'access.blocked'])
  assert.deepEqual(await refusal(browser.post(at(guild, 'labels'))), [403, 'access.blocked'])
  const again = new Browser(port)
  assert.match(String((await again.logIn(stand, user)).headers.location), /error=access\.blocked/)
})

test('those who review or manage see what channels, roles and people are called; others do not', async () => {
  const { guild, people } = world
  const manager = await loggedIn(people.manager.user)
  const asked = { people: [people.member.user.id, '1'] }
  const names = json(await manager.post(at(guild, 'names'), asked))
  assert.deepEqual(names.people, [{ id: people.member.user.id, name: 'member' }])
  assert.ok(names.channels.some(({ name }: { name: string }) => name === 'general'))
  assert.ok(names.roles.some(({ name }: { name: string }) => name === 'teachers'))
  assert.deepEqual(await refusal(manager.post(at(other, 'names'), asked)), [404, 'web.nothing'])
  const member = await loggedIn(people.member.user)
  assert.deepEqual(await refusal(member.post(at(guild, 'names'), asked)), [403, 'access.denied'])
})

test('one person has so much going on at once, and others go on meanwhile', async () => {
  const { guild, people } = world
  const greedy = await loggedIn(people.manager.user)
  const other = await loggedIn(people.owner.user)
  const hanging = await Promise.all(
    Array.from({ length: 16 }, () => greedy.hang(`${at(guild, 'label')}?label=x&name=a.png`)),
  )
  const labels = at(guild, 'labels')
  const status = async (browser: Browser): Promise<number> => (await browser.post(labels)).status
  await toldBot(async () => (await status(greedy)) === 429)
  assert.deepEqual(await refusal(greedy.post(labels)), [429, 'busy.full'])
  assert.equal(await status(other), 200)
  for (const giveUp of hanging) giveUp()
  await toldBot(async () => (await status(greedy)) === 200)
})

test('metrics count requests by route and outcome, and name nobody', async () => {
  const { bots, guild, people } = world
  const ready = bots[0]!.logs.find((line) => line.msg === 'ready')
  const metrics = await (await fetch(`http://127.0.0.1:${ready?.metricsPort}/metrics`)).text()
  const lines = metrics.split('\n').filter((line) => line.startsWith('mekiki_page_requests_total'))
  assert.ok(
    lines.some((line) => /route="api",outcome="done"/.test(line)),
    lines.join('\n'),
  )
  assert.ok(lines.some((line) => /route="api",outcome="denied"/.test(line)))
  assert.ok(lines.some((line) => /route="login"/.test(line)))
  for (const name of [guild.id, other.id, people.member.user.id, 'main', 'labels'])
    assert.ok(!lines.join().includes(name), name)
})
