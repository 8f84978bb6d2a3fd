// What operators do about servers and people: list, limit, leave and block them.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openDatabase } from '../../../src/db/connection.ts'
import { joinServers } from '../../../src/db/servers.ts'
import { noisy } from '../../support/bad-pictures.ts'
import { StandIn } from '../../support/discord/stand-in.ts'
import { makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const UNKNOWN = '140000000000000009'
let stand: StandIn
const servers: string[] = []

before(async () => {
  stand = await StandIn.start()
  for (const name of ['cats', 'dogs']) servers.push(stand.addGuild(name).id)
  const db = await openDatabase(join(root, 'home'))
  await joinServers(db, servers)
  await db.destroy()
  for (const label of ['a', 'b', 'c']) {
    mkdirSync(join(root, 'pictures', label), { recursive: true })
    for (let i = 0; i < 4; i++)
      writeFileSync(
        join(root, 'pictures', label, `${i}.png`),
        await noisy(10 * label.charCodeAt(0) + i)
          .png()
          .toBuffer(),
      )
  }
})
after(async () => {
  await stand.stop()
  assert.deepEqual(stand.complaints, [])
})

/** Runs a command as the operator of the bot, whose token is there. */
async function asOperator(...args: string[]) {
  Object.assign(process.env, stand.env)
  try {
    return await mekiki('home', ...args)
  } finally {
    for (const name of Object.keys(stand.env)) delete process.env[name]
  }
}
const importInto = (server: string, ...more: string[]) =>
  mekiki('home', 'import', join(root, 'pictures'), '--server', server, '--json', ...more)

type Listed = {
  id: string
  name: string | null
  pictures: number
  labels: number
  bytes: number
  isBlocked: boolean
  leftAt: string | null
}
const list = async (): Promise<Listed[]> => (await asOperator('servers', '--json')).lines[0]?.servers as Listed[]

test('a limit of pictures stops an import cleanly, and says what to do', async () => {
  const [cats = ''] = servers
  const limited = await mekiki('home', 'servers', 'limit', cats, '--pictures', '5', '--json')
  assert.deepEqual(limited.lines, [{ server: cats, pictures: 5, labels: null }])
  const { status, lines, err } = await importInto(cats)
  assert.equal(status, 1)
  assert.match(err, /servers limit.*limit\.pictures/s)
  const [added] = lines as { added: number; rejected: { code: string }[] }[]
  assert.deepEqual([added?.added, added?.rejected.map((r) => r.code)], [5, ['limit.pictures']])
  // What is there is no addition.
  const again = await importInto(cats)
  assert.equal(again.lines[0]?.duplicates, 5)
})

test('a limit of labels leaves pictures of known labels alone', async () => {
  const [cats = ''] = servers
  await mekiki('home', 'servers', 'limit', cats, '--pictures', '0', '--labels', '2')
  const { lines } = await importInto(cats)
  assert.deepEqual(
    (lines[0]?.rejected as { code: string }[]).map((r) => r.code),
    ['limit.labels'],
  )
  assert.deepEqual([lines[0]?.added, lines[0]?.duplicates], [3, 5])
})

test('SERVER_MAX_PICTURES counts where nothing else is set, and never in the terminal’s own dataset', async () => {
  process.env.SERVER_MAX_PICTURES = '3'
  const { lines } = await importInto(servers[1] ?? '')
  const own = await mekiki('home', 'import', join(root, 'pictures'), '--json')
  delete process.env.SERVER_MAX_PICTURES
  assert.equal(lines[0]?.added, 3)
  assert.equal(own.lines[0]?.added, 12)
})

test('the list has names and members of Discord, and what is stored', async () => {
  const [cats, dogs] = await list()
  assert.deepEqual([cats?.name, dogs?.name].sort(), ['cats', 'dogs'])
  const withPictures = [cats, dogs].map((s) => [s?.name, s?.pictures, s?.labels]).sort()
  assert.deepEqual(withPictures, [
    ['cats', 8, 2],
    ['dogs', 3, 1],
  ])
  assert.ok([cats, dogs].every((s) => (s?.bytes ?? 0) > 1_000))
  const { out } = await asOperator('servers')
  assert.match(out, /cats.*8.*2 of 2/)
  process.env.MEKIKI_LANGUAGE = 'ja'
  assert.match((await asOperator('servers')).out, /サーバー：2件/)
  delete process.env.MEKIKI_LANGUAGE
})

test('without a token, the list has ids alone, and nothing can be left', async () => {
  const { lines } = await mekiki('home', 'servers', '--json')
  assert.deepEqual(
    (lines[0]?.servers as Listed[]).map((s) => s.name),
    [null, null],
  )
  const { status, err } = await mekiki('home', 'servers', 'leave', servers[1] ?? '')
  assert.equal(status, 1)
  assert.match(err, /discord\.no-token/)
})

test('a blocked server is left, and stays blocked until it is unblocked; all is in the audit log', async () => {
  const [, dogs = ''] = servers
  const blocked = await asOperator('servers', 'block', dogs, '--json')
  assert.deepEqual(blocked.lines, [{ kind: 'server', id: dogs, blocked: true, changed: true, left: true }])
  assert.deepEqual(
    stand.guilds.map((g) => g.name),
    ['cats'],
  )
  const listed = (await list()).find((s) => s.id === dogs)
  assert.ok(listed?.isBlocked && listed.leftAt)
  const again = await asOperator('servers', 'block', dogs, '--json')
  assert.deepEqual([again.lines[0]?.changed, again.lines[0]?.left], [false, false])
  await asOperator('servers', 'unblock', dogs)
  const { out } = await mekiki('home', 'audit')
  for (const said of ['blocked a server', 'unblocked a server', 'left a server']) assert.ok(out.includes(said), out)
})

test('people are blocked by id alone', async () => {
  const blocked = await mekiki('home', 'people', 'block', `<@${UNKNOWN}>`, '--json')
  assert.deepEqual([blocked.lines[0]?.id, blocked.lines[0]?.changed], [UNKNOWN, true])
  const { lines } = await mekiki('home', 'people', '--json')
  assert.deepEqual(
    (lines[0]?.people as { id: string }[]).map((p) => p.id),
    [UNKNOWN],
  )
  assert.match((await mekiki('home', 'people', 'block', 'ann')).err, /person\.not-an-id/)
  assert.match((await mekiki('home', 'servers', 'block', 'cats')).err, /servers\.not-an-id/)
})
