import type { Result } from '../commands/define.ts'
import { parseOptions } from '../commands/parse-options.ts'
import { openDataset } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import type { Progress } from '../progress.ts'
import { type Access, requireAccess } from '../services/permissions.ts'
import { datasetFor } from '../services/settings.ts'
import type { Caller } from './caller.ts'
import type { BotContext } from './context.ts'

type CommandRequest = {
  command: string
  options: Record<string, unknown>
  pictures?: Source[]
  onProgress?: (progress: Progress) => void
}

/**
 * Runs a command for somebody and returns its results. Throws UserError access.denied, busy.cooldown, choice.expired for
 * a command that no longer exists, option.invalid, and those of the command.
 */
export async function runCommand(bot: BotContext, caller: Caller, request: CommandRequest): Promise<Result[]> {
  const { app, commands } = bot
  const { server, channel, parent, person, settings } = caller
  const { command: name, options, pictures = [], onProgress } = request
  const command = commands.find(name, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that exists, received ${name}`)
  requireAccess(settings, person, command.access)
  const use = pictures.length > 0 ? { kind: 'pictures', amount: pictures.length } : { kind: command.name, amount: 1 }
  await bot.cooldowns.spend({ server, person: person.id, ...use })
  const events = command.run({
    app,
    commands,
    server,
    dataset: await openDataset(app.db, { server, name: datasetFor(settings, channel, parent), create: true }),
    by: person.id,
    chat: { channel },
    options: parseOptions(command, options, pictures),
    requireAccess: (access: Access) => requireAccess(settings, person, access),
  })
  const results: Result[] = []
  let outcome: 'done' | 'failed' = 'failed'
  try {
    for await (const event of events) {
      if ('result' in event) results.push(event.result)
      else onProgress?.(event)
    }
    outcome = 'done'
    return results
  } finally {
    bot.metrics.countCommand(command, outcome)
  }
}
