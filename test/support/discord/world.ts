// A bot, a stand-in for Discord, a server with people, and pictures: what most tests begin with.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { draw } from '../../../demo/characters.ts'
import { type Bot, startBot } from './bot.ts'
import { type Attachment, type Guild, MANAGES_MESSAGES, MANAGES_SERVER, type User } from './entities.ts'
import { StandIn, TOKEN } from './stand-in.ts'

export type World = Awaited<ReturnType<typeof openWorld>>

export async function openWorld() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-discord-'))
  const home = join(root, 'home')
  mkdirSync(home)
  const stand = await StandIn.start()
  const guild = stand.addGuild('cats')
  const people = {
    owner: { guild, user: guild.owner, permissions: MANAGES_SERVER },
    manager: { guild, user: stand.addUser('manager', guild), permissions: MANAGES_SERVER },
    teacher: { guild, user: stand.addUser('teacher', guild), permissions: MANAGES_MESSAGES },
    member: { guild, user: stand.addUser('member', guild) },
  }
  const [, , moderators, managers] = guild.roles
  for (const { user, roles } of guild.members) {
    if (user.id === people.teacher.user.id) roles.push(moderators!.id)
    if (user.id === people.manager.user.id) roles.push(managers!.id)
  }
  const bots: Bot[] = []

  async function start(env: Record<string, string> = {}): Promise<Bot> {
    const bot = await startBot(stand, home, env)
    bots.push(bot)
    return bot
  }
  /** Pictures `from` up to `to` of a drawn character, uploaded. */
  async function pictures(name: string, from: number, to: number): Promise<Attachment[]> {
    const files: Attachment[] = []
    for (let k = from; k < to; k++) {
      const path = await draw(join(root, 'drawn'), name, k)
      files.push(stand.keep(path.split('/').at(-1)!, readFileSync(path)))
    }
    return files
  }
  /** Adds pictures of some characters to labels of their names, and trains. */
  async function runTrainingJob(where: { guild: Guild; user: User; permissions?: bigint }, names: string[], each = 8) {
    for (const name of names) {
      const added = stand.command(where, 'label', { label: name }, await pictures(name, 0, each))
      await stand.textOf(added, new RegExp(`Added ${each} pictures`))
    }
    return stand.textOf(stand.command(where, 'train'), /Learned|Version \d+/)
  }
  /** Stops all, and says what the bot did that it may not. */
  async function close(): Promise<string[]> {
    for (const bot of bots) if (bot.process.exitCode === null && bot.process.signalCode === null) await bot.stop()
    await stand.stop()
    for (const where of secretsIn(home, bots, [TOKEN, ...stand.oauth.secrets]))
      stand.complain(`a token or a secret is in ${where}`)
    rmSync(root, { recursive: true, force: true })
    return stand.complaints
  }
  return { root, home, stand, guild, people, bots, start, pictures, runTrainingJob, close }
}

/** Files of the home and logs that hold the bot's token, or what people log in with. */
function secretsIn(home: string, bots: Bot[], secrets: string[]): string[] {
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name))
  const found = paths.filter((path) => {
    const bytes = readFileSync(path)
    return secrets.some((secret) => bytes.includes(secret))
  })
  return bots.some((bot) => secrets.some((secret) => bot.text().includes(secret))) ? [...found, 'the log'] : found
}

/** A world for one test, which must end without a complaint. */
export async function inWorld(work: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld()
  try {
    await work(world)
  } catch (error) {
    console.log(world.bots.map((b) => b.text()).join('\n'), world.stand.complaints)
    throw error
  } finally {
    const complaints = await world.close()
    assert.deepEqual(complaints, [])
  }
}
