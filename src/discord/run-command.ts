import type { App } from '../app.ts'
import type { Command, Result } from '../commands/define.ts'
import { parseOptions } from '../commands/parse-options.ts'
import { NO_DATASET, NO_SERVER, openDataset } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import type { Progress } from '../progress.ts'
import { type Access, requireAccess, requireAccessTo } from '../services/permissions.ts'
import { noteServerUse } from '../services/server-use.ts'
import { datasetFor, readSettings } from '../services/settings.ts'
import type { Caller } from './caller.ts'
import type { RunningCall } from './calls/running-call.ts'
import type { BotContext } from './context.ts'
import { picturesOf } from './interactions/names.ts'
import { readCommandIds } from './interactions/register.ts'
import { fetchMember } from './member.ts'
import { canAddShown, type Post, rememberShown } from './shown-posts.ts'
import { languageIn } from './words.ts'

/** Somebody's pictures wait for their turn, for so many seconds. `adds`: to be added to a label. */
export type Waiting = { of: 'turn'; seconds: number; pictures: number; adds: boolean }

type CommandRequest = {
  command: string
  options: Record<string, unknown>
  pictures?: Source[]
  /** Where the pictures that are asked about lie. */
  shown?: Post | undefined
  /** Which page of a long list, counted from 1. */
  page?: number
  onProgress?: (progress: Progress | Waiting) => void
}

/**
 * Runs a command for somebody and returns its results. Throws UserError access.denied, picture.missing, busy.cooldown,
 * busy.stopping, choice.expired for a command that no longer exists, option.invalid, and those of the command.
 */
export async function runCommand(bot: BotContext, asked: Caller, request: CommandRequest): Promise<Result[]> {
  const { app, commands } = bot
  const { command: name, options, pictures = [], page = 1, onProgress } = request
  const command = await commands.find(name, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that exists, received ${name}`)
  requireAccessTo(asked.settings, asked.person, command)
  requirePictures(command, pictures.length)
  const caller = await waitForTurn(bot, asked, { command, request })
  const { server, channel, person, settings } = caller
  bot.tasks.track('use', noteServerUse(app.db, server))
  const events = command.run({
    app,
    commands,
    server,
    dataset: await datasetOf(app, caller),
    by: person.id,
    language: languageIn(settings, caller.locale),
    chat: {
      channel,
      seesPosts: bot.seesContent,
      commandIds: () => readCommandIds(bot, server),
      ...(caller.ageRestricted !== undefined && { isAgeRestricted: caller.ageRestricted }),
    },
    screen: {
      page,
      seesAll: caller.ageRestricted === true,
      hidesAsked: request.shown?.handedOver ?? false,
      canAdd: (prediction) => canAddShown(app.ttlStore, settings, prediction),
      waitForPictures: (amount) => waitForPictures(bot, caller, { command, amount }),
    },
    ...(bot.call?.isAgain && { begunAt: begunAt(bot.call) }),
    options: parseOptions(command, options, { frontEnd: 'discord', pictures }),
    requireAccess: (access: Access) => requireAccess(settings, person, access),
  })
  const results: Result[] = []
  let outcome: 'done' | 'failed' = 'failed'
  try {
    for await (const event of events) {
      if ('result' in event) results.push(event.result)
      else onProgress?.(event)
    }
    if (request.shown) await rememberShown(app.ttlStore, { results, post: request.shown, settings })
    outcome = 'done'
    return results
  } finally {
    bot.metrics.countCommand(command, outcome)
  }
}

/** Clocks of machines differ by less. */
const CLOCKS_DIFFER_MS = 2_000

/** When a call that is answered anew was begun, or a little earlier. */
const begunAt = (call: RunningCall): string => new Date(Date.now() - call.age() - CLOCKS_DIFFER_MS).toISOString()

/** The dataset of where somebody asks, which is made where it is not there yet; none where they ask about no server. */
export const datasetOf = async ({ db }: App, { server, channel, parent, settings }: Caller): Promise<number> =>
  server === NO_SERVER
    ? NO_DATASET
    : openDataset(db, { server, name: datasetFor(settings, channel, parent), create: true })

/** Throws UserError picture.missing */
export function requirePictures(command: Command, pictures: number): void {
  const option = picturesOf(command)
  if (option && !option.optional && pictures === 0)
    throw new UserError('picture.missing', 'Expected a picture, received none')
}

/** What a command takes from the budgets. */
export const useOf = (command: Command, pictures: number): { kind: string; amount: number } =>
  pictures > 0 ? { kind: 'pictures', amount: pictures } : { kind: command.name, amount: 1 }

/** Takes what is asked for from the budgets, where that was not done before. Whoever had to wait may have lost a role meanwhile: that is read anew. */
async function waitForTurn(
  bot: BotContext,
  caller: Caller,
  { command, request: { pictures = [], onProgress } }: { command: Command; request: CommandRequest },
): Promise<Caller> {
  const { server, person } = caller
  if (bot.call) return bot.call.hasWaited ? readAnew(bot, caller, command) : caller
  const wait = bot.cooldowns.spend({ server, person: person.id, ...useOf(command, pictures.length) })
  if (wait === 0) return caller
  const adds = command.access === 'teacher'
  onProgress?.({ of: 'turn', seconds: Math.ceil(wait / 1000), pictures: pictures.length, adds })
  await bot.cooldowns.wait(wait)
  return readAnew(bot, caller, command)
}

async function readAnew(bot: BotContext, caller: Caller, command: Command): Promise<Caller> {
  // Everybody may ask; in a direct message there is no member to read.
  if (command.access === 'member') return caller
  const refreshed = await refreshCaller(bot, caller)
  requireAccess(refreshed.settings, refreshed.person, command.access)
  return refreshed
}

/** Waits for the turn of some pictures of a ZIP, by budgets of their own. Throws UserError busy.*, access.denied */
async function waitForPictures(
  bot: BotContext,
  caller: Caller,
  { command, amount }: { command: Command; amount: number },
): Promise<void> {
  if (bot.isStopping) throw new UserError('busy.stopping', 'Expected a running bot, but it is being stopped')
  const wait = bot.cooldowns.spend({ server: caller.server, person: caller.person.id, kind: 'zip', amount })
  if (wait === 0) return
  await bot.cooldowns.wait(wait)
  const { settings, person } = await refreshCaller(bot, caller)
  requireAccess(settings, person, command.access)
}

/** The same caller with the roles and settings of now. Throws UserError access.denied: they left the server */
async function refreshCaller(bot: BotContext, caller: Caller): Promise<Caller> {
  const person = await fetchMember(bot.client, caller.server, caller.person.id)
  return { ...caller, person, settings: await readSettings(bot.app.db, caller.server) }
}
