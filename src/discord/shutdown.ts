import { setTimeout as sleep } from 'node:timers/promises'
import type { Background } from './background.ts'
import type { BotContext } from './context.ts'

/** How long running work may take once a stop was asked for. What is left is taken up by the next start. */
const FINISH_MS = 6_000
/** How long trainings and the rest may then take to end. */
const ABORT_MS = 2_000
/** The process exits after this long, whatever still runs: service managers kill it after ten seconds. */
const EXIT_MS = 9_500

/** Finishes what has begun, within limits, and closes what was started beside it. */
export async function closeBot(bot: BotContext, background: Background): Promise<void> {
  const { app, client, tasks } = bot
  setTimeout(() => process.exit(0), EXIT_MS).unref()
  bot.isStopping = true
  bot.cooldowns.stop()
  clearInterval(background.sweeper)
  background.news.stop()
  bot.settings.close()
  bot.blocks.stop()
  background.metricsServer?.close()
  await within(FINISH_MS, tasks.settled())
  app.queue.stop()
  app.zipQueue.stop()
  app.trainingQueue.stop()
  const trainings = [...app.trainings.values()].map((training) => training.stop())
  const others = [background.retrainer.stop(), background.precompute.stop(), background.emptyingLog.stop()]
  await within(ABORT_MS, Promise.all([tasks.settled(), ...trainings, ...others]))
  await client.destroy()
}

const within = (milliseconds: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, sleep(milliseconds, undefined, { ref: false })])
