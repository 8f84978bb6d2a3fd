import type { Result } from '../commands/define.ts'
import { parseOptions } from '../commands/parse-options.ts'
import { openDataset } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import type { Progress } from '../progress.ts'
import { datasetFor, type Person, requireAccess, type Settings } from '../services/settings.ts'
import type { BotContext } from './context.ts'

/** Where something is asked, by whom, and how this server is set. */
export type Place = { server: string; channel: string; parent: string | null; person: Person; settings: Settings }
type Request = { command: string; options: Record<string, unknown>; pictures?: Source[] }

/**
 * Runs a command for somebody and returns its results. Throws UserError access.denied, busy.cooldown, choice.expired for
 * a command that no longer exists, option.invalid, and those of the command.
 */
export async function runCommand(
  bot: BotContext,
  { server, channel, parent, person, settings }: Place,
  { command: name, options, pictures = [] }: Request,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Result[]> {
  const { app, commands } = bot
  const command = commands.find(name, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that is known, received ${name}`)
  requireAccess(settings, person, command.access)
  await bot.cooldowns.spend(server, person.id, pictures.length > 0 ? 'pictures' : command.name, pictures.length || 1)
  const dataset = await openDataset(app.db, server, datasetFor(settings, channel, parent), true)
  const call = {
    ...{ app, commands, server, dataset, by: person.id, chat: { channel } },
    options: parseOptions(command, options, pictures),
    requireAccess: (access: Parameters<typeof requireAccess>[2]) => requireAccess(settings, person, access),
  }
  const results: Result[] = []
  let outcome = 'failed'
  try {
    for await (const event of command.run(call)) {
      if ('result' in event) results.push(event.result)
      else onProgress(event)
    }
    outcome = 'done'
    return results
  } finally {
    bot.metrics.commands.inc({ command: command.name, outcome })
  }
}
