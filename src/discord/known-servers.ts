import { joinServers, leaveServers, listPresentServers } from '../db/servers.ts'
import { noteCheck } from '../db/shards.ts'
import type { BotContext } from './context.ts'
import { sendWelcome } from './messages/welcome.ts'
import { isOwnServer } from './shards/own-servers.ts'

/** Key of the id of the application that the database was last used with. */
const APPLICATION_KEY = 'application'
/** So many servers may have removed the bot while it did not run; more at once look like a mistake. */
const MAX_LEFT = 3

const CONFIRMATION = 'left'

/** What a start found. `isFirst`: this application never ran before, on this database or another. */
type StartCheck = { known: string | undefined; isFirst: boolean }

/** To be asked before the commands are registered: an application that has some has run before. */
export async function checkStart({ app, client }: BotContext): Promise<StartCheck> {
  const stored = await app.ttlStore.get<unknown>(APPLICATION_KEY)
  const known = typeof stored === 'string' ? stored : undefined
  if (known === client.application.id) return { known, isFirst: false }
  const registered = await client.application.commands.fetch()
  return { known, isFirst: registered.size === 0 }
}

/**
 * Catches up on the servers that were joined and left while the bot was not running. On an empty database, or as another
 * application, nothing that it finds is taken for granted: nobody is welcomed who may have been before, and servers that
 * seem to be gone are not marked as left until somebody has confirmed it.
 */
export async function reconcileServers(bot: BotContext, start: StartCheck): Promise<void> {
  const { app, client, serving, log } = bot
  const application = client.application.id
  const guilds = client.guilds.cache
  // Servers of other shards are not missed: other connections have them.
  const present = (await listPresentServers(app.db)).filter((id) => isOwnServer(bot.shard, id))
  const left = present.filter((id) => !guilds.has(id))
  const isConfirmed = serving.confirmServers === CONFIRMATION
  bot.maySweepServers =
    isConfirmed || isPlausible({ application, known: start.known, left: left.length, present: present.length })
  if (bot.shard) await noteCheck(app.db, bot.shard.id, bot.maySweepServers)
  if (bot.maySweepServers) {
    await leaveServers(app.db, left)
    await app.ttlStore.set(APPLICATION_KEY, application)
  } else
    log.warn(
      { missing: left.length, known: present.length, application, lastApplication: start.known },
      `servers of this database are missing: nothing is marked as left or deleted. If the bot was really removed from them, start it once with CONFIRM_SERVERS=${CONFIRMATION}; otherwise check DISCORD_TOKEN and MEKIKI_HOME`,
    )
  log.info({ joined: await welcomeNew(bot, present, start) }, 'servers checked')
}

/** Resolves to how many are new. */
async function welcomeNew(bot: BotContext, present: string[], { known, isFirst }: StartCheck): Promise<number> {
  const isSameApplication = known === bot.client.application.id
  const before = new Set(present)
  const guilds = bot.client.guilds.cache.filter((guild) => !before.has(guild.id))
  const joined = new Set(await joinServers(bot.app.db, [...guilds.keys()]))
  if (isSameApplication || isFirst)
    for (const guild of guilds.values()) if (joined.has(guild.id) && guild.available) await sendWelcome(bot, guild)
  return joined.size
}

type Found = { application: string; known: string | undefined; left: number; present: number }

/** Whether so many servers may have gone by themselves: up to half of them, or all of a bot that has few. */
function isPlausible({ application, known, left, present }: Found): boolean {
  if (left === 0) return true
  // A database of before this was remembered: it is this bot's if one of its servers is.
  const isSame = known === undefined ? left < present : known === application
  return isSame && (left <= MAX_LEFT || left <= present / 2)
}
