// Interactions that Discord sends over HTTP: signed, once, answered as all others are, in one process and in several.
import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import { openVerifier } from '../../src/discord/http/verify.ts'
import { openCluster } from '../support/cluster.ts'
import { PAGE_ENV } from '../support/discord/browser.ts'
import type { StandIn } from '../support/discord/stand-in.ts'
import { inWorld } from '../support/discord/world.ts'
import { skipWithoutPostgres } from '../support/postgres.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
/** The last 32 bytes are the key itself. */
const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
const ENV = { ...PAGE_ENV, DISCORD_PUBLIC_KEY: PUBLIC_KEY }

const now = (): string => String(Math.floor(Date.now() / 1000))

type Signed = { key?: KeyObject; timestamp?: string; body: string; sent?: string }

/** Sends what Discord would, signed. `sent`: the body that arrives, if another one. */
function post(address: string, { key = privateKey, timestamp = now(), body, sent = body }: Signed): Promise<Response> {
  const signature = sign(null, Buffer.from(timestamp + body), key).toString('hex')
  const headers = { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp }
  return fetch(`${address}/interactions`, { method: 'POST', body: sent, headers })
}

/** Where the page of a process listens. */
function addressOf(logs: Record<string, unknown>[]): string {
  const listens = logs.find((line) => typeof line.listens === 'string')?.listens
  return `http://${String(listens)}`
}

/** From now on the stand-in sends interactions there in place of the gateway. @returns what came back, by turns */
function overHttp(stand: StandIn, address: string): Promise<Response>[] {
  const sent: Promise<Response>[] = []
  const send = stand.gateway.send.bind(stand.gateway)
  stand.gateway.send = (t, d) => {
    if (t === 'INTERACTION_CREATE') sent.push(post(address, { body: JSON.stringify(d) }))
    else send(t, d)
  }
  return sent
}

test('a signature counts for what was signed, by Discord, within five minutes', () => {
  const at = 1_700_000_000_000
  const isFromDiscord = openVerifier(PUBLIC_KEY, () => at)
  const signed = (timestamp: string, body: string) => ({
    ...{ timestamp, body: Buffer.from(body) },
    signature: sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
  })
  assert.equal(isFromDiscord(signed('1700000000', '{}')), true)
  assert.equal(isFromDiscord(signed('1699999701', '{}')), true)
  assert.equal(isFromDiscord(signed('1699999699', '{}')), false)
  assert.equal(isFromDiscord(signed('1700000301', '{}')), false)
  assert.equal(isFromDiscord({ ...signed('1700000000', '{}'), body: Buffer.from('{ }') }), false)
  assert.equal(isFromDiscord({ ...signed('1700000000', '{}'), timestamp: '1700000001' }), false)
  for (const signature of ['', '00', 'x'.repeat(128), '0'.repeat(128)])
    assert.equal(isFromDiscord({ ...signed('1700000000', '{}'), signature }), false)
})

test('one process on SQLite answers commands, forms, suggestions and buttons, and refuses what Discord did not sign', () =>
  inWorld(async ({ stand, start, people, pictures }) => {
    const bot = await start(ENV)
    const address = addressOf(bot.logs)
    const pinged = await post(address, { body: JSON.stringify({ id: '1', type: 1 }) })
    assert.deepEqual([pinged.status, await pinged.json()], [200, { type: 1 }])
    const body = JSON.stringify({ id: '2', type: 1 })
    const other = generateKeyPairSync('ed25519').privateKey
    assert.equal((await post(address, { body, key: other })).status, 401)
    assert.equal((await post(address, { body, sent: `${body} ` })).status, 401)
    assert.equal((await post(address, { body, timestamp: String(Number(now()) - 600) })).status, 401)
    assert.equal((await post(address, { body: 'nothing' })).status, 400)

    await stand.untilShown(people.teacher, 'label')
    const sent = overHttp(stand, address)
    const form = await stand.answerTo(stand.command(people.teacher, 'label'))
    assert.equal(form.type, 9)
    const added = stand.submit(people.teacher, form, 'cat', await pictures('cat', 0, 2))
    assert.match(await stand.textOf(added, /Added/), /Added 2 pictures/)
    const suggested = await stand.answerTo(stand.suggest(people.teacher, 'label', 'label', 'c'))
    assert.deepEqual(
      (suggested.data?.choices as { value: string }[]).map(({ value }) => value),
      ['cat'],
    )
    const undone = stand.press(people.teacher, added.message!, /Undo/)
    await stand.textOf(undone, /./)
    for (const response of await Promise.all(sent))
      assert.deepEqual([response.status, await response.text()], [202, ''])
    // The same once more, as somebody might who saw it on the way.
    const again = { body: JSON.stringify({ id: added.id, type: 5 }) }
    assert.equal((await post(address, again)).status, 202)
  }))

test(
  'on PostgreSQL a process that serves the page receives them, and another one answers',
  { skip: skipWithoutPostgres },
  async () => {
    const cluster = await openCluster()
    const { stand, people, pictures } = cluster
    const gateway = await cluster.start('gateway')
    await stand.untilShown(people.teacher, 'label')
    await gateway.stop()
    const web = await cluster.start('web', ENV)
    await cluster.start('inference')
    overHttp(stand, addressOf(web.logs))
    const added = stand.command(people.teacher, 'label', { label: 'cat' }, await pictures('cat', 0, 2))
    assert.match(await stand.textOf(added, /Added/), /Added 2 pictures/)
    assert.equal((await cluster.query('select 1 from calls')).length, 1)
    assert.deepEqual(await cluster.close(), [])
  },
)
