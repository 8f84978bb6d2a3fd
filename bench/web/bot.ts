// The bot's acknowledgements in turn: while somebody looks through the gallery of its page, and while nobody does.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Browser, CALLBACK, PAGE_ENV, pagePort } from '../../test/support/discord/browser.ts'
import { openWorld, type World } from '../../test/support/discord/world.ts'
import { MAIN } from '../../test/support/mekiki.ts'
import { drawPhotographs } from '../pictures.ts'
import { describeDurations } from './durations.ts'

const [LABELS, PICTURES_PER_LABEL] = [10, 100]
/** Turns of each, commands in a turn, and the pause between two commands in milliseconds. */
const [TURNS, COMMANDS, PAUSE_MS] = [5, 100, 50]
/** Milliseconds after which somebody who came is well under way. */
const SETTLED_MS = 1_000

/** `screens`: of pictures that were looked at meanwhile. */
export async function measureBotBesidePage({ turns = TURNS, commands = COMMANDS } = {}) {
  const world = await openWorld()
  try {
    world.stand.oauth.redirectUris.push(CALLBACK)
    await importPictures(world)
    const bot = await world.start(PAGE_ENV)
    const visitor = await logIn(world, pagePort(bot))
    const alone: number[] = []
    const beside: number[] = []
    let screens = 0
    // The first turn counts for nothing: it is slower for everybody.
    await giveCommands(world, commands)
    for (let turn = 0; turn < turns; turn++) {
      alone.push(...(await giveCommands(world, commands)))
      const leave = visitor.come()
      await sleep(SETTLED_MS)
      beside.push(...(await giveCommands(world, commands)))
      screens += await leave()
    }
    return { screens, alone: describeDurations(alone), beside: describeDurations(beside) }
  } finally {
    await world.close()
  }
}

async function importPictures({ guild, root, home, start }: World): Promise<void> {
  for (let i = 0; i < LABELS; i++) await drawPhotographs(join(root, 'many', `label ${i}`), PICTURES_PER_LABEL)
  // A server is known once the bot has been there.
  await (await start()).stop()
  execFileSync(process.execPath, [MAIN, 'import', join(root, 'many'), '--server', guild.id], {
    env: { ...process.env, MEKIKI_HOME: home },
    stdio: 'ignore',
  })
}

/** Milliseconds until each is acknowledged. */
async function giveCommands({ stand, people }: World, count: number): Promise<number[]> {
  const took: number[] = []
  while (took.length < count) {
    const given = stand.command(people.manager, 'labels')
    await stand.answerTo(given)
    took.push(given.acknowledgedAfter ?? Number.NaN)
    await sleep(PAUSE_MS)
  }
  return took
}

/** A process of its own, so that what it does takes nothing from the stand-in's clock. */
async function logIn({ stand, people, guild }: World, port: number) {
  const browser = new Browser(port)
  await browser.logIn(stand, people.manager.user)
  const cookies = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const args = [fileURLToPath(new URL('./visitor.ts', import.meta.url)), String(port), cookies, guild.id]
  return {
    /** @returns what ends it, and says how many screens were looked at */
    come(): () => Promise<number> {
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
      const ended = once(child, 'exit')
      let said = ''
      child.stdout.on('data', (chunk: Buffer) => (said += chunk))
      return async () => {
        child.stdin.end()
        const [code] = await ended
        if (code !== 0) throw new Error(`Expected a visitor until the end, received ${code}`)
        return Number(said)
      }
    },
  }
}
