import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, result, type Screen } from '../../src/commands/define.ts'
import { type CleanUp, cleanUpGallery } from '../../src/services/clean-up.ts'
import { seesAll } from './sees-all.ts'

type Shown = {
  screen: Screen | undefined
  where: { server: string; person: string; since: string }
  found: CleanUp & { mark: string }
  /** They confirmed what is something else by now. */
  changed?: boolean
}

/** What there is to take back, and a button or key that does it. */
export async function askToCleanUp(app: App, { screen, where, found, changed = false }: Shown): Promise<CommandEvent> {
  const { person, since } = where
  const { mark, ...doings } = found
  const values = { person, since, ...doings, changed }
  if (isNothing(found)) return result('cleanUpFound', values)
  const choices: Choice[] = [{ key: 'cleanUp', command: 'clean-up-now', options: { person, since, mark } }]
  const shown = await cleanUpGallery(app, { ...where, seesAll: seesAll(screen) })
  return result('cleanUpFound', values, { ...shown, choices })
}

/** Whether nothing can be taken back. */
export const isNothing = ({ additions, decisions, feedback, labels, withdrawals }: CleanUp): boolean =>
  additions + decisions + feedback + labels.length + withdrawals.length === 0
