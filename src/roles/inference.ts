import '../discord/proxy.ts'
import { onCallSignal } from '../db/call-signals.ts'
import { RemoteDiscord } from '../discord/calls/remote-client.ts'
import { CallServer, type ServingOptions } from '../discord/calls/serve-calls.ts'
import { untilReached } from '../discord/reach.ts'
import { requestLimitOf } from '../discord/request-limit.ts'
import { loopHealth } from './health.ts'
import { openRemoteBot } from './remote-bot.ts'
import type { RoleContext, RunningRole } from './roles.ts'
import { ABORT_MS, within } from './within.ts'

/** A loop that has not turned for so long does not take calls anymore. */
const SILENT_MS = 60_000

/** Answers calls that gateways have written down. Throws UserError discord.* */
export async function startInference(context: RoleContext, options?: ServingOptions): Promise<RunningRole> {
  const { serving, log, stop } = context
  const limit = requestLimitOf(context.app.db)
  const remote = await untilReached(() => RemoteDiscord.open(serving, limit), { log, signal: stop.signal })
  const bot = openRemoteBot(context, remote)
  const { app, tasks } = bot
  const calls = new CallServer(bot, remote, options)
  const stopListening = await onCallSignal(app.db, () => calls.wake())
  log.info({ role: 'inference' }, 'answering calls')
  return {
    name: 'inference',
    health: () => loopHealth(calls.turnedAt, SILENT_MS),
    work: () => ({ calls: calls.count }),
    async drain() {
      stopListening()
      await calls.drain()
      bot.isStopping = true
      bot.cooldowns.stop()
    },
    async close() {
      await within(ABORT_MS, tasks.settled())
    },
  }
}
