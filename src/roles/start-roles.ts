import { isPostgres } from '../db/engine.ts'
import { startGateway } from './gateway.ts'
import { startInference } from './inference.ts'
import type { RoleContext, RunningRole } from './roles.ts'
import { startTraining } from './training.ts'
import { startWeb } from './web.ts'

/** Starts the roles of a process, one after the other. Where one cannot be started, those before it are closed. */
export async function startRoles(context: RoleContext): Promise<RunningRole[]> {
  const running: RunningRole[] = []
  const has = (role: (typeof context.roles)[number]): boolean => context.roles.includes(role)
  try {
    // Before the bot has connected, which may take a while: the page says so meanwhile.
    const web = has('web') ? await startWeb(context) : undefined
    if (web) running.push(web)
    if (has('gateway')) running.push(await startGateway(context, web?.page))
    if (has('inference') && isPostgres(context.app.db)) running.push(await startInference(context))
    if (has('training')) running.push(startTraining(context))
    return running
  } catch (error) {
    await Promise.all(running.map((role) => role.close()))
    throw error
  }
}
