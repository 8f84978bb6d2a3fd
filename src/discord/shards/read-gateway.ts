import { DiscordAPIError, REST, Routes } from 'discord.js'
import { z } from 'zod'
import type { ServeConfig } from '../../config.ts'
import { UserError } from '../../errors.ts'
import type { RequestLimit } from '../request-limit.ts'
import { restOptions } from '../rest-options.ts'

const GatewayBot = z.object({
  shards: z.int().positive(),
  session_start_limit: z.object({ max_concurrency: z.int().positive() }),
})
const Application = z.object({ id: z.string() })

/** What Discord says before anything connects: whose token it is, and how its servers are divided. Throws UserError discord.token */
export async function readGateway({ token, api }: ServeConfig & { token: string }, limit: RequestLimit) {
  const rest = new REST(restOptions(api, { limit })).setToken(token)
  try {
    const gateway = GatewayBot.parse(await rest.get(Routes.gatewayBot()))
    const application = Application.parse(await rest.get(Routes.currentApplication()))
    const { shards: recommended, session_start_limit: session } = gateway
    return { application: application.id, recommended, maxConcurrency: session.max_concurrency }
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.status !== 401) throw error
    throw new UserError('discord.token', 'Expected the token of a bot in DISCORD_TOKEN, but Discord does not know it')
  }
}
