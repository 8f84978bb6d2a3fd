import { createHash } from 'node:crypto'
import { ApplicationCommandType, type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js'
import { z } from 'zod'
import type { BotContext } from '../context.ts'
import { describeCommands } from './command-descriptions.ts'

/** The ids of commands by their English names, as Discord links to them. */
type CommandIds = Record<string, string>

/** What was registered: the hash of it, and the ids that it was given. Until version 0.2 the hash alone. */
const Registered = z.object({ hash: z.string(), ids: z.record(z.string(), z.string()) })
type Registered = z.infer<typeof Registered>

/** What Discord answers of each command. */
const Answer = z.array(z.object({ id: z.string(), name: z.string(), type: z.number() }))

type Descriptions = RESTPostAPIApplicationCommandsJSONBody[]

/** @param server undefined: what all servers have */
export const storeKey = ({ client }: BotContext, server?: string): string =>
  server === undefined ? `commands:${client.application.id}` : `commands:${client.application.id}:${server}`

/** Tells Discord which commands every server has, if they changed. Resolves to whether they did. */
export async function registerCommands(bot: BotContext): Promise<boolean> {
  return registerIfChanged(bot, await describeCommands(bot.commands))
}

/**
 * Registers commands if they differ from what was registered last: there are 200 registrations a day. Resolves to whether
 * they do. @param where `server`: undefined: on all servers; `rest`: what sends them, if not the client itself
 */
export async function registerIfChanged(
  bot: BotContext,
  descriptions: Descriptions,
  { server, rest = bot.client.rest }: { server?: string; rest?: REST } = {},
): Promise<boolean> {
  const key = storeKey(bot, server)
  const hash = createHash('sha256').update(JSON.stringify(descriptions)).digest('hex')
  if ((await readRegistered(bot, server))?.hash === hash) return false
  const { application } = bot.client
  // The client would keep every command of every server in memory.
  const route = server
    ? Routes.applicationGuildCommands(application.id, server)
    : Routes.applicationCommands(application.id)
  const answer = Answer.parse(await rest.put(route, { body: descriptions }))
  const typed = answer.filter(({ type }) => type === ApplicationCommandType.ChatInput)
  const registered: Registered = { hash, ids: Object.fromEntries(typed.map(({ name, id }) => [name, id])) }
  await bot.app.ttlStore.set(key, registered)
  return true
}

async function readRegistered(bot: BotContext, server?: string): Promise<Registered | undefined> {
  return Registered.safeParse(await bot.app.ttlStore.get(storeKey(bot, server))).data
}

/** Those of all servers and those of one. */
export async function readCommandIds(bot: BotContext, server: string): Promise<CommandIds> {
  const [everywhere, here] = await Promise.all([readRegistered(bot), readRegistered(bot, server)])
  return { ...everywhere?.ids, ...here?.ids }
}
