import type { RoleContext, RunningRole } from './roles.ts'
import { ABORT_MS, within } from './within.ts'

/** How long running work may take once a stop was asked for. What is left is taken up by the next start, or by others. */
const FINISH_MS = 6_000
/** The process exits after this long, whatever still runs: service managers kill it after ten seconds. */
const EXIT_MS = 9_500

/** Finishes what has begun, within limits, and closes what was started. */
export async function stopRoles({ app, settings, blocks }: RoleContext, running: RunningRole[]): Promise<void> {
  // Gateways hand their shards over, which takes longer where there are others: with nobody there they end at once.
  const finishMs = Math.max(FINISH_MS, ...running.map((role) => role.finishMs?.() ?? 0))
  setTimeout(() => process.exit(0), finishMs + EXIT_MS - FINISH_MS).unref()
  const drained = running.map((role) => role.drain())
  await within(finishMs, Promise.all(drained))
  await within(ABORT_MS, Promise.all([settings.close(), blocks.stop()]))
  app.queue.stop()
  app.zipQueue.stop()
  app.trainingQueue.stop()
  const trainings = [...app.trainings.values()].map((training) => training.stop())
  await Promise.all([within(ABORT_MS, Promise.all(trainings)), ...running.map((role) => role.close())])
}
