import { DiscordAPIError, PermissionFlagsBits, PermissionsBitField, type REST, Routes } from 'discord.js'
import { z } from 'zod'
import type { Member } from '../services/permissions.ts'

/** How long it is not asked again how a server is set up: who loses a role is a member like others a minute later. */
const KEPT_MS = 60_000
/** Servers that are remembered: some 10 KB each. */
const MAX_KEPT = 1_000
/** Forbidden, and not found: the bot is not there. */
const GONE_STATUS = [403, 404]

const Role = z.looseObject({ id: z.string(), permissions: z.string() })
const RestGuild = z.looseObject({ id: z.string(), name: z.string(), owner_id: z.string(), roles: z.array(Role) })
type RestGuild = z.infer<typeof RestGuild>
const RestMember = z.looseObject({ roles: z.array(z.string()) })

type Kept = { at: number; guild: Promise<RestGuild | undefined> }
/** By connection: the oldest first. */
const kept = new WeakMap<REST, Map<string, Kept>>()

/** A server that no gateway of this process has, asked of Discord at most once a minute. Undefined: the bot is not there */
export function readGuild(rest: REST, server: string): Promise<RestGuild | undefined> {
  const guilds = kept.get(rest) ?? new Map<string, Kept>()
  kept.set(rest, guilds)
  const known = guilds.get(server)
  if (known && performance.now() - known.at < KEPT_MS) return known.guild
  const guild = unlessGone(rest.get(Routes.guild(server)), RestGuild)
  guilds.delete(server)
  guilds.set(server, { at: performance.now(), guild })
  const [oldest] = guilds.keys()
  if (guilds.size > MAX_KEPT && oldest !== undefined) guilds.delete(oldest)
  // What failed is asked again.
  guild.catch(() => guilds.delete(server))
  return guild
}

/** Somebody on such a server, read anew. Undefined: they, or the bot, are not there */
export async function readMember(rest: REST, server: string, person: string): Promise<Member | undefined> {
  const [guild, member] = await Promise.all([
    readGuild(rest, server),
    unlessGone(rest.get(Routes.guildMember(server, person)), RestMember),
  ])
  if (!guild || !member) return undefined
  const roles = [guild.id, ...member.roles]
  const own = guild.roles.filter(({ id }) => roles.includes(id)).map(({ permissions }) => BigInt(permissions))
  const permissions = new PermissionsBitField(own)
  const ownsServer = guild.owner_id === person
  return {
    id: person,
    roles,
    managesMessages: ownsServer || permissions.has(PermissionFlagsBits.ManageMessages),
    managesServer: ownsServer || permissions.has(PermissionFlagsBits.ManageGuild),
    ownsServer,
  }
}

async function unlessGone<T>(asked: Promise<unknown>, shape: z.ZodType<T>): Promise<T | undefined> {
  try {
    return shape.parse(await asked)
  } catch (error) {
    if (error instanceof DiscordAPIError && GONE_STATUS.includes(error.status)) return undefined
    throw error
  }
}
