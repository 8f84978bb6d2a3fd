import type { App } from '../app.ts'
import type { Command, Result } from '../commands/define.ts'
import { parseOptions } from '../commands/parse-options.ts'
import { NO_SERVER, openDataset } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import type { Progress } from '../progress.ts'
import { type Access, requireAccess } from '../services/permissions.ts'
import { datasetFor, readSettings } from '../services/settings.ts'
import type { Caller } from './caller.ts'
import type { BotContext } from './context.ts'
import { picturesOf } from './interactions/names.ts'
import { fetchMember } from './member.ts'

/** Somebody's pictures wait for their turn, for so many seconds. */
export type Waiting = { of: 'turn'; seconds: number }

type CommandRequest = {
  command: string
  options: Record<string, unknown>
  pictures?: Source[]
  onProgress?: (progress: Progress | Waiting) => void
}

/**
 * Runs a command for somebody and returns its results. Throws UserError access.denied, picture.missing, busy.cooldown,
 * busy.stopping, choice.expired for a command that no longer exists, option.invalid, and those of the command.
 */
export async function runCommand(bot: BotContext, asked: Caller, request: CommandRequest): Promise<Result[]> {
  const { app, commands } = bot
  const { command: name, options, pictures = [], onProgress } = request
  const command = await commands.find(name, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that exists, received ${name}`)
  requireAccess(asked.settings, asked.person, command.access)
  if (needsPictures(command) && pictures.length === 0)
    throw new UserError('picture.missing', 'Expected a picture, received none')
  const caller = await waitForTurn(bot, asked, { command, request })
  const { server, channel, person, settings } = caller
  const events = command.run({
    app,
    commands,
    server,
    dataset: await datasetOf(app, caller),
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

/** No dataset has this id. */
const NO_DATASET = 0

/** The dataset of where somebody asks, which is made where it is not there yet; none where they ask about no server. */
const datasetOf = async ({ db }: App, { server, channel, parent, settings }: Caller): Promise<number> =>
  server === NO_SERVER
    ? NO_DATASET
    : openDataset(db, { server, name: datasetFor(settings, channel, parent), create: true })

function needsPictures(command: Command): boolean {
  const option = picturesOf(command)
  return option !== undefined && !option.optional
}

/** Takes what is asked for from the budgets. Whoever had to wait may have lost a role meanwhile: that is read anew. */
async function waitForTurn(
  bot: BotContext,
  caller: Caller,
  { command, request: { pictures = [], onProgress } }: { command: Command; request: CommandRequest },
): Promise<Caller> {
  const { server, person } = caller
  const use = pictures.length > 0 ? { kind: 'pictures', amount: pictures.length } : { kind: command.name, amount: 1 }
  const wait = bot.cooldowns.spend({ server, person: person.id, ...use })
  if (wait === 0) return caller
  onProgress?.({ of: 'turn', seconds: Math.ceil(wait / 1000) })
  await bot.cooldowns.wait(wait)
  // Everybody may ask; in a direct message there is no member to read.
  if (command.access === 'member') return caller
  const refreshed = await refreshCaller(bot, caller)
  requireAccess(refreshed.settings, refreshed.person, command.access)
  return refreshed
}

/** The same caller with the roles and settings of now. Throws UserError access.denied: they left the server */
async function refreshCaller(bot: BotContext, caller: Caller): Promise<Caller> {
  const person = await fetchMember(bot.client, caller.server, caller.person.id)
  return { ...caller, person, settings: await readSettings(bot.app.db, caller.server) }
}
