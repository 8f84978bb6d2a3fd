// `doctor` in the terminal, about Discord.
import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CALLBACK, PAGE, PAGE_ENV } from '../support/discord/browser.ts'
import { startProxy } from '../support/discord/proxy.ts'
import { StandIn } from '../support/discord/stand-in.ts'
import { makeHome } from '../support/mekiki.ts'

const { root, mekiki } = makeHome()
type Checks = { check: string; ok: boolean; found: string; todo?: string }[]

async function doctor(env: Record<string, string>): Promise<Checks> {
  Object.assign(process.env, env)
  const { lines } = await mekiki('doctor', 'doctor', '--json')
  for (const name of Object.keys(env)) delete process.env[name]
  return (lines[0]!.checks as Checks).filter((c) => c.check.startsWith('Discord'))
}

test('without a token there is nothing to check', async () => {
  assert.match((await doctor({}))[0]!.found, /no DISCORD_TOKEN/)
})

test('token, intents, permissions in each server, and the invitation', async () => {
  const stand = await StandIn.start()
  stand.addGuild('cats')
  const [token, intents, server, invitation] = await doctor(stand.env)
  assert.equal(token!.found, `Mekiki, ${stand.bot.id}`)
  assert.match(intents!.found, /Message Content is granted/)
  assert.match(server!.check, /cats/)
  assert.match(server!.found, /missing: Send Messages in Threads$/)
  assert.match(
    invitation!.found,
    new RegExp(`client_id=${stand.bot.id}&scope=bot\\+applications.commands&permissions=\\d+$`),
  )
  stand.gateway.refusesContent = true
  assert.match((await doctor(stand.env))[1]!.found, /not granted/)
  const wrong = await doctor({ ...stand.env, DISCORD_TOKEN: 'some.other.token' })
  assert.equal(wrong[0]!.ok, false)
  assert.match(wrong[0]!.todo!, /DISCORD_TOKEN/)
  await stand.stop()
  assert.deepEqual(stand.complaints, [])
})

test('behind a proxy it asks Discord through it; a list of servers that does not come is said', async () => {
  const stand = await StandIn.start()
  const [, port] = stand.host.split(':')
  const proxy = await startProxy({ 'discord.invalid': '127.0.0.1' })
  const env = { ...stand.env, DISCORD_API: `http://discord.invalid:${port}/api`, HTTP_PROXY: proxy.url, NO_PROXY: '' }
  stand.faults.push({ path: /guilds/, times: 1, status: 503 })
  const [token, , servers, invitation] = await doctor(env)
  assert.equal(token?.found, `Mekiki, ${stand.bot.id}`)
  assert.deepEqual([servers?.check, servers?.ok], ['Discord servers', false])
  assert.match(servers?.found ?? '', /503/)
  assert.match(invitation?.found ?? '', /oauth2/)
  assert.ok(proxy.seen.length > 0)
  await proxy.stop()
  await stand.stop()
  assert.deepEqual(stand.complaints, [])
})

test('settings, who can read them, a bot that serves, and logins that are left', async () => {
  const stand = await StandIn.start()
  const all = async (env: Record<string, string>): Promise<Checks> => {
    Object.assign(process.env, env)
    const { lines } = await mekiki('doctor', 'doctor', '--json')
    for (const name of Object.keys(env)) delete process.env[name]
    return lines[0]!.checks as Checks
  }
  const find = (checks: Checks, name: string) => checks.find((c) => c.check === name)
  writeFileSync(join(root, '.env'), 'LOG_LEVEL=info\n', { mode: 0o644 })
  const checks = await all(stand.env)
  assert.ok(find(checks, 'settings')?.found.includes(join(root, '.env')))
  if (process.platform !== 'win32') assert.match(find(checks, 'secrets')?.todo ?? '', /chmod 600/)
  assert.deepEqual([find(checks, 'bot')?.ok, find(checks, 'logins')?.ok, find(checks, 'clock')?.ok], [true, true, true])
  stand.gatewayInfo = () => ({
    ...{ url: stand.gatewayUrl, shards: 1 },
    session_start_limit: { total: 1000, remaining: 3, reset_after: 0, max_concurrency: 1 },
  })
  assert.match(find(await all(stand.env), 'logins')?.todo ?? '', /two bots/)
  const invalid = await all({ ...stand.env, METRICS_PORT: 'many' })
  assert.match(find(invalid, 'settings')?.found ?? '', /METRICS_PORT/)
  assert.equal(find(invalid, 'Discord token'), undefined)
  rmSync(join(root, '.env'))
  await stand.stop()
  assert.deepEqual(stand.complaints, [])
})

test('what people need to log in to the page: its redirect, letter by letter, and its secret', async () => {
  const stand = await StandIn.start()
  const page = async (env: Record<string, string>): Promise<Checks> => {
    const all = { ...stand.env, ...PAGE_ENV, ...env }
    Object.assign(process.env, all)
    const { lines } = await mekiki('doctor', 'doctor', '--json')
    for (const name of Object.keys(all)) delete process.env[name]
    return (lines[0]!.checks as Checks).filter((c) => c.check.startsWith('page '))
  }
  const [none, secret] = await page({})
  assert.equal(none?.ok, false)
  assert.match(none?.todo ?? '', new RegExp(`add ${CALLBACK} in the Developer Portal`))
  assert.deepEqual([secret?.ok, secret?.found], [true, 'Discord knows it'])
  stand.oauth.redirectUris.push(`${PAGE}/login/callback/`)
  const [other, wrong] = await page({ DISCORD_CLIENT_SECRET: 'another-secret-than-that' })
  assert.match(other?.found ?? '', /has only .*callback\/, so that/)
  assert.equal(wrong?.ok, false)
  assert.doesNotMatch(JSON.stringify([other, wrong]), /another-secret/)
  stand.oauth.redirectUris.push(CALLBACK)
  assert.deepEqual(
    (await page({})).map((c) => c.ok),
    [true, true],
  )
  const [elsewhere] = await page({ DISCORD_CLIENT_ID: '123' })
  assert.match(elsewhere?.found ?? '', /cannot be looked up: the application 123/)
  assert.equal(stand.oauth.openTokens, 0)
  await stand.stop()
  assert.deepEqual(stand.complaints, [])
})
