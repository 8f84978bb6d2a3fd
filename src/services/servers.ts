import { z } from 'zod'
import { readServeConfig } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { recordLeaving } from '../db/blocks.ts'
import { UserError } from '../errors.ts'
import { askDiscord, DiscordAnswer } from './discord-api.ts'

const Servers = z.array(z.object({ id: z.string(), name: z.string(), approximate_member_count: z.number().optional() }))

/** Servers that Discord names at once, at most. */
const PAGE = 200

/** `members`: about how many; null: not told. */
type KnownServer = { name: string; members: number | null }

/** The servers that the bot is in by what Discord says; undefined without a token. Throws UserError discord.unreachable */
export async function askServers(): Promise<Map<string, KnownServer> | undefined> {
  const { token, api } = readServeConfig()
  if (!token) return undefined
  const known = new Map<string, KnownServer>()
  for (let after = '0'; ; ) {
    const path = `/users/@me/guilds?with_counts=true&limit=${PAGE}&after=${after}`
    const { answer } = await askDiscord({ token, api }, { path }).catch(throwUnreachable)
    const page = Servers.parse(answer)
    for (const { id, name, approximate_member_count: members = null } of page) known.set(id, { name, members })
    const last = page.at(-1)?.id
    if (page.length < PAGE || last === undefined || last === after) return known
    after = last
  }
}

function throwUnreachable(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error)
  throw new UserError(
    'discord.unreachable',
    `Expected an answer of Discord, received none that helps: ${why}`,
    {},
    { cause: error },
  )
}

/** Unknown server: the bot is not in it, or no longer. */
const NOT_FOUND = 404

/**
 * Has the bot leave a server, whether it runs or not. Its data stay for the grace period, as when a server removes it.
 * @returns false where it was in no such server. Throws UserError discord.no-token, .unreachable
 */
export async function leaveServer(
  app: ServiceContext,
  { server, by }: { server: string; by: string },
): Promise<boolean> {
  const { token, api } = readServeConfig()
  if (!token) throw new UserError('discord.no-token', 'Expected DISCORD_TOKEN, without which no server can be left')
  try {
    await askDiscord({ token, api }, { method: 'DELETE', path: `/users/@me/guilds/${server}` })
  } catch (error) {
    if (error instanceof DiscordAnswer && error.status === NOT_FOUND) return false
    throwUnreachable(error)
  }
  await recordLeaving(app.db, { server, by })
  return true
}
