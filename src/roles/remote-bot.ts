import { readWebConfig } from '../config.ts'
import type { RemoteDiscord } from '../discord/calls/remote-client.ts'
import type { HandedOver } from '../discord/calls/running-call.ts'
import type { BotContext } from '../discord/context.ts'
import { LearnedReplies } from '../discord/learned-replies.ts'
import { metricsOf } from '../discord/metrics.ts'
import { Tasks } from '../discord/tasks.ts'
import { tellLearned } from '../discord/tell-learned.ts'
import { CHAT_LIMITS, Cooldowns } from '../services/cooldowns.ts'
import type { RoleContext } from './roles.ts'

/** As a gateway has it, but for what only a connection knows. @param handedOver where others answer what it receives */
export function openRemoteBot(context: RoleContext, remote: RemoteDiscord, handedOver?: HandedOver): BotContext {
  const { app, commands, serving, settings, blocks, log, registry } = context
  const bot: BotContext = {
    ...{ app, commands, serving, settings, blocks, log, handedOver },
    metrics: metricsOf(registry),
    client: remote.client(),
    // Each call says what its gateway saw; interactions hold all that they are about.
    seesContent: true,
    pageUrl: readWebConfig().url,
    maySweepServers: false,
    isStopping: false,
    cooldowns: new Cooldowns(CHAT_LIMITS),
    tasks: new Tasks(log),
    learned: new LearnedReplies(),
  }
  app.events.on('trainingStarted', (dataset) => bot.learned.onStarted(dataset))
  app.events.on('trained', (dataset, outcome) => bot.tasks.track('learned', tellLearned(bot, dataset, outcome)))
  return bot
}
