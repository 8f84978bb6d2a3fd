import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from '../../commands/define.ts'
import { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'
import { requireAccessTo } from '../../services/permissions.ts'
import type { Settings } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { memberOf } from '../member.ts'
import { requirePictures, useOf } from '../run-command.ts'
import { wordsIn } from '../words.ts'
import type { RepliableInteraction } from './repliable.ts'

/** An acknowledgement waits no longer for a database that is busy. */
const SETTINGS_WITHIN_MS = 100

/** A command that somebody asks for with so many pictures. */
type Request = { command: Command | undefined; pictures?: number | undefined }

/** `undecided`: the settings could not be read in time. `words`: in which a refusal is said. */
type Admission = { outcome: 'admitted' | 'undecided' } | { outcome: 'refused'; error: UserError; words: Words }

/**
 * What is decided before an interaction is acknowledged: only then can a refusal be seen by the one who asked alone. What
 * runs the command decides again, by what the database has.
 */
export async function admit(bot: BotContext, from: RepliableInteraction, request: Request): Promise<Admission> {
  const { guildId: server } = from
  // A direct message is about a server that has to be found first, and nobody else reads it.
  if (!server || !request.command) return { outcome: 'admitted' }
  const settings = bot.settings.known(server) ?? (await inTime(bot.settings.read(server)))
  if (!settings) return { outcome: 'undecided' }
  const refused = refusal(bot, from, { request, server, settings })
  if (refused?.error.code !== 'access.denied') return refused ?? { outcome: 'admitted' }
  // Another process may have allowed it a moment ago.
  const anew = await inTime(bot.settings.readAnew(server))
  if (!anew) return { outcome: 'undecided' }
  return refusal(bot, from, { request, server, settings: anew }) ?? { outcome: 'admitted' }
}

/** The same for what is answered with a form. Throws UserError */
export async function requireAdmission(bot: BotContext, from: RepliableInteraction, request: Request): Promise<void> {
  const admission = await admit(bot, from, request)
  if (admission.outcome === 'refused') throw admission.error
}

const inTime = (settings: Promise<Settings>): Promise<Settings | undefined> =>
  // Why it cannot be read is told by what runs the command.
  Promise.race([settings.catch(() => undefined), sleep(SETTINGS_WITHIN_MS, undefined, { ref: false })])

type Decided = { request: Request; server: string; settings: Settings }

function refusal(bot: BotContext, from: RepliableInteraction, { request, server, settings }: Decided) {
  const { command, pictures = 0 } = request
  if (!command) return undefined
  const person = memberOf(from)
  try {
    requireAccessTo(settings, person, command)
    requirePictures(command, pictures)
    bot.cooldowns.check({ server, person: person.id, ...useOf(command, pictures) })
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { outcome: 'refused', error, words: wordsIn(settings, from.locale) } as const
  }
}
