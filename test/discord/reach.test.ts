// It stays up: Discord that cannot be reached is tried again, through a proxy too, and one bot alone serves a database.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { Browser, CALLBACK, PAGE_ENV, pagePort } from '../support/discord/browser.ts'
import { startProxy } from '../support/discord/proxy.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { MAIN } from '../support/mekiki.ts'
import { until } from '../support/until.ts'

type Run = { process: ChildProcess; text(): string; ended: Promise<unknown> }

/** Starts it without waiting for anything. */
function serve({ stand, home }: World, env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { ...process.env, ...stand.env, MEKIKI_HOME: home, ...env },
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let all = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (all += text))
  return { process: child, text: () => all, ended: once(child, 'exit') }
}

const says = (run: Run, what: RegExp): Promise<void> =>
  until(
    () => what.test(run.text()),
    () => run.text(),
  )

for (const [why, api, code] of [
  ['nobody listens', 'http://127.0.0.1:9/api', /"reason":"ECONNREFUSED"/],
  ['a name does not resolve', 'http://discord.invalid/api', /"reason":"(ENOTFOUND|EAI_AGAIN)"/],
] as const)
  test(`${why}: it tries again, says so once a try, and stops when it is told to`, async () => {
    const world = await openWorld()
    const run = serve(world, { DISCORD_API: api })
    await says(run, /"tries":2/)
    assert.match(run.text(), code)
    assert.equal(run.text().match(/cannot be reached/g)?.length, 2)
    run.process.kill('SIGTERM')
    await run.ended
    assert.equal(run.process.exitCode, 0, run.text())
    assert.deepEqual(await world.close(), [])
  })

for (const [why, host, code] of [
  ['refuses connections', '127.0.0.1:9', /"reason":"ECONNREFUSED"/],
  ['has a name that does not resolve', 'discord.invalid', /"reason":"(ENOTFOUND|EAI_AGAIN)"/],
  ['answers with something else', undefined, /"reason":"EGATEWAY"/],
] as const)
  test(`a gateway that ${why}: it tries again, logs in once it can be reached, and does not outlive a stop`, async () => {
    const world = await openWorld()
    const { stand } = world
    stand.gatewayHost = host ?? `${stand.host}/elsewhere`
    const run = serve(world)
    await says(run, /"tries":2/)
    assert.match(run.text(), code)
    stand.gatewayHost = undefined
    await says(run, /"msg":"ready"/)
    // No client of a try before goes on beside the one that serves.
    assert.equal(stand.gateway.seen.filter((s) => s === 'identify').length, 1)
    assert.doesNotMatch(run.text(), /reconnecting|the gateway of Discord/)
    run.process.kill('SIGTERM')
    await run.ended
    assert.equal(run.process.exitCode, 0, run.text())
    assert.deepEqual(await world.close(), [])
  })

test('Discord is down at the start: once it is back, the bot serves', async () => {
  const world = await openWorld()
  const { stand, people } = world
  // Each try asks four times by itself.
  stand.faults.push({ path: /^GET \/gateway\/bot/, times: 4, status: 503 })
  const bot = await world.start()
  assert.match(bot.text(), /"reason":503,.*"msg":"Discord cannot be reached: trying again"/)
  assert.match(await stand.textOf(stand.command(people.member, 'labels')), /No labels yet/)
  assert.deepEqual(await world.close(), [])
})

test('a second bot on one database says so and stops; the first goes on; one that was killed is followed at once', async () => {
  const world = await openWorld()
  const { stand, people } = world
  const first = await world.start()
  const second = serve(world)
  await second.ended
  assert.equal(second.process.exitCode, 1)
  assert.match(second.text(), /serve\.already-running/)
  assert.equal(stand.gateway.seen.filter((s) => s === 'identify').length, 1)
  assert.match(await stand.textOf(stand.command(people.member, 'labels')), /No labels yet/)
  await first.stop('SIGKILL')
  const third = await world.start()
  assert.equal(await third.stop(), 0)
  const fourth = await world.start()
  assert.doesNotMatch(third.text() + fourth.text(), /another process/)
  assert.deepEqual(await world.close(), [])
})

test('behind a proxy everything goes through it: REST, the gateway and pictures', async () => {
  const world = await openWorld()
  const { stand, people } = world
  // A name that only the proxy knows.
  const [, port] = stand.host.split(':')
  const host = `discord.invalid:${port}`
  const proxy = await startProxy({ 'discord.invalid': '127.0.0.1' })
  stand.gatewayHost = host
  await world.start({
    DISCORD_API: `http://${host}/api`,
    DISCORD_MEDIA_HOSTS: host,
    HTTP_PROXY: proxy.url,
    HTTPS_PROXY: proxy.url,
    NO_PROXY: '',
    ...PAGE_ENV,
  })
  const [picture] = await world.pictures('Akari', 0, 1)
  assert.ok(picture)
  const proxied = { ...picture, url: picture.url.replace(stand.host, host) }
  const added = stand.command(people.teacher, 'label', { label: 'Akari' }, [proxied])
  assert.match(await stand.textOf(added, /Added|can’t|couldn’t/), /Added 1 picture/)
  stand.oauth.redirectUris.push(CALLBACK)
  stand.oauth.issuer = `http://${host}`
  const browser = new Browser(pagePort(world.bots[0]!))
  assert.equal((await browser.logIn(stand, people.teacher.user)).headers.location, '/', 'logins, too')
  assert.ok(
    proxy.seen.some((target) => target === `upgrade ${host}`),
    proxy.seen.join(),
  )
  assert.deepEqual(await world.close(), [])
  await proxy.stop()
})
