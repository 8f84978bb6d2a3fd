import { readWebConfig } from '../config.ts'
import { isPostgres } from '../db/engine.ts'
import { handedOverBy } from '../discord/calls/handed-over.ts'
import { RemoteDiscord } from '../discord/calls/remote-client.ts'
import type { BotContext } from '../discord/context.ts'
import { answerOverHttp } from '../discord/http/interactions.ts'
import { untilReached } from '../discord/reach.ts'
import { requestLimitOf } from '../discord/request-limit.ts'
import { RestMembers } from '../discord/rest-members.ts'
import { UserError } from '../errors.ts'
import type { ServedSite } from '../web/discord-site.ts'
import { serveSite } from '../web/serve-site.ts'
import { openRemoteBot } from './remote-bot.ts'
import type { RoleContext, RunningRole } from './roles.ts'

type WebRole = RunningRole & { page: ServedSite | undefined }

/**
 * Serves the page, and Discord's interactions where DISCORD_PUBLIC_KEY is set. `page`: undefined where WEB_URL is not set.
 * Throws UserError config.invalid, web.port
 */
export async function startWeb(context: RoleContext): Promise<WebRole> {
  const { app, serving, log, stop } = context
  const { url } = readWebConfig()
  const reach = (): Promise<RemoteDiscord> =>
    untilReached(() => RemoteDiscord.open(serving, requestLimitOf(app.db)), { log, signal: stop.signal })
  const received = await receiveInteractions(context, reach)
  // A process on PostgreSQL may have no connection, or one to a part of the servers.
  const members = url !== undefined && isPostgres(app.db) ? new RestMembers(app.db, reach()) : context.members
  const page = await serveSite({ ...context, members, interactions: received?.interactions })
  const close = async (): Promise<void> => page?.close()
  for (const counter of page?.counters ?? []) context.registry.registerMetric(counter)
  return {
    ...{ name: 'web', page, close },
    async drain() {
      if (received) received.bot.isStopping = true
      received?.bot.cooldowns.stop()
      await page?.close()
      await received?.bot.tasks.settled()
    },
  }
}

type Received = { bot: BotContext; interactions: (request: Request) => Promise<Response> }

async function receiveInteractions(
  context: RoleContext,
  reach: () => Promise<RemoteDiscord>,
): Promise<Received | undefined> {
  const { url, publicKey } = readWebConfig()
  if (publicKey === undefined) return undefined
  if (url === undefined)
    throw new UserError('config.invalid', 'Expected WEB_URL together with DISCORD_PUBLIC_KEY, received none')
  const { app, log } = context
  const remote = await reach()
  const bot = openRemoteBot(context, remote, handedOverBy(app, log))
  log.info({ endpoint: `${url}/interactions` }, 'interactions are received over HTTP')
  return { bot, interactions: answerOverHttp(bot, remote, publicKey) }
}
