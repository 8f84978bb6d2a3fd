import { ApplicationFlags, PermissionFlagsBits as May } from 'discord-api-types/v10'
import { request } from 'undici'
import { z } from 'zod'
import { readServeConfig, type ServeConfig } from '../config.ts'
import { openProxyAgent } from '../http-proxy.ts'
import type { Check } from './doctor.ts'

const API = 'https://discord.com/api'

/** Permissions that the bot is invited with; docs/discord.md says what each is for. */
const NEEDED = {
  'View Channels': May.ViewChannel,
  'Send Messages': May.SendMessages,
  'Send Messages in Threads': May.SendMessagesInThreads,
  'Read Message History': May.ReadMessageHistory,
  'Add Reactions': May.AddReactions,
  'Attach Files': May.AttachFiles,
  'Embed Links': May.EmbedLinks,
}
const ALL = Object.values(NEEDED).reduce((all, bit) => all | bit, 0n)

const Application = z.object({ id: z.string(), name: z.string(), flags: z.int().default(0) })
const Guilds = z.array(z.object({ id: z.string(), name: z.string(), permissions: z.string() }))

/** Checks the bot's token, its intents, and its permissions in each server, and says how to invite it. */
export async function* runDiscordChecks(): AsyncGenerator<Check> {
  const serving = readServeConfig()
  if (!serving.token) {
    yield { check: 'Discord', ok: true, found: 'no DISCORD_TOKEN: the command line works, the bot does not start' }
    return
  }
  const ask = async <T>(path: string, shape: z.ZodType<T>): Promise<T> => shape.parse(await get(serving, path))
  let application: z.infer<typeof Application>
  try {
    application = await ask('/applications/@me', Application)
  } catch (error) {
    const todo = 'set DISCORD_TOKEN to the token of your bot (docs/discord.md), or check the network'
    yield { check: 'Discord token', ok: false, found: reasonOf(error), todo }
    return
  }
  const { id, name, flags } = application
  yield { check: 'Discord token', ok: true, found: `${name}, ${id}` }
  const seesContent =
    (flags & (ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited)) !== 0
  yield {
    check: 'Discord intents',
    ok: true,
    found: seesContent
      ? 'Message Content is granted'
      : 'Message Content is not granted: pictures in watched channels are not answered, everything else works (Developer Portal, Bot)',
  }
  try {
    for (const guild of await ask('/users/@me/guilds', Guilds)) yield examineServer(guild)
  } catch (error) {
    yield { check: 'Discord servers', ok: false, found: reasonOf(error), todo: 'check the network and try again' }
  }
  yield { check: 'Discord invitation', ok: true, found: invitation(id) }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function examineServer({ id, name, permissions }: z.infer<typeof Guilds>[number]): Check {
  const has = BigInt(permissions)
  const missing = Object.entries(NEEDED).filter(([, bit]) => (has & (bit | May.Administrator)) === 0n)
  const check = `Discord server ${name} (${id})`
  if (missing.length === 0) return { check, ok: true, found: 'all permissions' }
  const found = `missing: ${missing.map(([what]) => what).join(', ')}`
  return { check, ok: false, found, todo: 'grant them to the bot’s role in the server’s settings, or invite it again' }
}

const invitation = (id: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${ALL}`

async function get({ api = API, token }: ServeConfig, path: string): Promise<unknown> {
  const { statusCode, body } = await request(`${api.replace(/\/$/, '')}/v10${path}`, {
    headers: { authorization: `Bot ${token}` },
    headersTimeout: 10_000,
    dispatcher: openProxyAgent(),
  })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`Discord answered ${statusCode} to ${path}`)
  return JSON.parse(text)
}
