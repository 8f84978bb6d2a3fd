// The bot as its owner runs it: a process of its own, against a stand-in for Discord.
import { environmentOf } from '../home-database.ts'
import { type ServedProcess, spawnServe } from '../served-process.ts'
import { until } from '../until.ts'
import type { StandIn } from './stand-in.ts'

export type Bot = ServedProcess

/** Starts it and waits until it serves. */
export async function startBot(stand: StandIn, home: string, env: Record<string, string> = {}): Promise<Bot> {
  const database = await environmentOf(home, { serves: true })
  const bot = spawnServe([], home, { ...process.env, ...stand.env, ...database, MEKIKI_HOME: home, ...env })
  const { logs } = bot
  const isReady = () => logs.some((l) => l.msg === 'ready')
  await until(
    () => isReady() || !bot.isAlive(),
    () => `not ready: ${bot.text()}`,
  )
  await until(
    () => stand.commands.length > 0 || !bot.isAlive(),
    () => `nothing registered: ${bot.text()}`,
  )
  return bot
}
