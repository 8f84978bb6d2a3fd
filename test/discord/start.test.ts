// A start never destroys: not on an empty database, not as another application, not when most servers seem to be gone.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { type Bot, startBot } from '../support/discord/bot.ts'
import { StandIn } from '../support/discord/stand-in.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { until } from '../support/until.ts'

const SERVERS = 3_000

let world: World
before(async () => {
  world = await openWorld()
  while (world.stand.guilds.length < SERVERS) world.stand.addGuild(`server ${world.stand.guilds.length}`)
  // It ran before, on a database that is lost.
  world.stand.commands = [
    { id: '1', name: 'label', type: 1, description: 'd', application_id: world.stand.bot.id, version: '1' },
  ]
})
after(async () => assert.deepEqual(await world.close(), []))

/** Starts it, waits until it has looked at its servers, and stops it. */
async function runOnce(stand: StandIn, env: Record<string, string> = {}, home = world.home): Promise<Bot> {
  const bot = await startBot(stand, home, env)
  await until(
    () => bot.logs.some((l) => l.msg === 'servers checked') || bot.process.exitCode !== null,
    () => bot.text(),
  )
  assert.equal(await bot.stop(), 0)
  return bot
}

function count(where: string, home = world.home): number {
  const database = new SQLite(join(home, 'mekiki.sqlite'), { readonly: true })
  try {
    return Number(database.prepare(`select count(*) from servers where ${where}`).pluck().get())
  } finally {
    database.close()
  }
}
/** As a database is that an earlier version made. */
function forgetApplication(home: string): void {
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  const { changes } = database.prepare(`delete from expiring where key like '%application'`).run()
  database.close()
  assert.equal(changes, 1)
}
const countLeft = (): number => count('left_at is not null')
const warned = (bot: Bot): boolean => bot.logs.some((l) => /CONFIRM_SERVERS=left/.test(String(l.msg)))

test('on an empty database it knows 3,000 servers again and welcomes none of them', async () => {
  const bot = await runOnce(world.stand)
  assert.equal(count('left_at is null'), SERVERS)
  assert.equal(world.stand.said.length, 0)
  assert.equal(warned(bot), false)
})

test('a server that is new to the same application is welcomed; a few that went are marked as left', async () => {
  const { guilds } = world.stand
  const gone = guilds.splice(1, 2)
  const added = world.stand.addGuild('new')
  const bot = await runOnce(world.stand)
  assert.equal(countLeft(), 2)
  assert.deepEqual(
    world.stand.said.map((m) => m.channel_id),
    [added.systemChannel],
  )
  assert.equal(warned(bot), false)
  guilds.push(...gone)
  await runOnce(world.stand)
  assert.equal(countLeft(), 0)
})

test('another application marks nothing as left, deletes nothing, and says what to do', async () => {
  const other = await StandIn.start()
  other.addGuild('elsewhere')
  const bot = await runOnce(other, { GRACE_DAYS: '0' })
  const again = await runOnce(other, { GRACE_DAYS: '0' })
  await other.stop()
  assert.equal(countLeft(), 0)
  assert.equal(count(`id in (${world.stand.guilds.map((g) => g.id).join()})`), SERVERS + 1)
  assert.ok(warned(bot) && warned(again))
})

for (const isRemembered of [true, false])
  test(`a bot of few servers that was removed from most is not stopped (its application is remembered: ${isRemembered})`, async () => {
    const small = await openWorld()
    const { stand, home } = small
    for (const name of ['two', 'three']) stand.addGuild(name)
    await runOnce(stand, {}, home)
    if (!isRemembered) forgetApplication(home)
    const [left] = stand.guilds.splice(1, 2)
    const bot = await runOnce(stand, {}, home)
    assert.equal(count('left_at is not null', home), 2)
    assert.equal(warned(bot), false)
    if (left) stand.guilds.push(left)
    if (isRemembered) stand.guilds.shift()
    const again = await runOnce(stand, {}, home)
    assert.equal(count('left_at is null', home), isRemembered ? 1 : 2)
    assert.equal(warned(again), false)
    assert.deepEqual(await small.close(), [])
  })

test('a bot that is in none of the servers of a database from before applications were remembered asks', async () => {
  const small = await openWorld()
  const { stand, home } = small
  await runOnce(stand, {}, home)
  forgetApplication(home)
  stand.guilds.splice(0)
  assert.ok(warned(await runOnce(stand, {}, home)))
  assert.equal(count('left_at is not null', home), 0)
  assert.deepEqual(await small.close(), [])
})

test('the same application that is in none of its servers anymore marks them once that is confirmed', async () => {
  const all = world.stand.guilds.splice(0)
  const bot = await runOnce(world.stand, { GRACE_DAYS: '0' })
  assert.equal(countLeft(), 0)
  assert.ok(warned(bot))
  await runOnce(world.stand, { CONFIRM_SERVERS: 'left' })
  assert.ok(countLeft() >= all.length)
})
