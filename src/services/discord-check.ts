import { ApplicationFlags, PermissionFlagsBits as May } from 'discord-api-types/v10'
import { z } from 'zod'
import { readServeConfig } from '../config.ts'
import { Application, askDiscord, DiscordAnswer, invitation, NEEDED } from './discord-api.ts'
import type { Check } from './doctor.ts'
import { examinePage } from './page-check.ts'

const Guilds = z.array(z.object({ id: z.string(), name: z.string(), permissions: z.string() }))

/** Seconds by which this machine's clock may differ: what expires, expires too early or too late from there on. */
const MAX_CLOCK_SKEW_S = 30
const UNAUTHORIZED = 401

/** Checks the bot's token, its intents, and its permissions in each server, and says how to invite it. */
export async function* runDiscordChecks(): AsyncGenerator<Check> {
  const { token, api } = readServeConfig()
  if (!token) {
    const found = 'no DISCORD_TOKEN: the command line works, the bot does not start (`setup` asks for one)'
    yield { check: 'Discord', ok: true, found }
    return
  }
  const ask = (path: string) => askDiscord({ token, api }, { path })
  let application: Application
  try {
    const { answer, date } = await ask('/applications/@me')
    application = Application.parse(answer)
    yield { check: 'Discord token', ok: true, found: `${application.name}, ${application.id}` }
    yield examineClock(date)
  } catch (error) {
    yield { check: 'Discord token', ok: false, found: reasonOf(error), todo: remedyOf(error) }
    return
  }
  yield* examineIntents(application)
  try {
    const { answer } = await ask('/users/@me/guilds')
    for (const guild of Guilds.parse(answer)) yield examineServer(guild)
  } catch (error) {
    yield { check: 'Discord servers', ok: false, found: reasonOf(error), todo: 'check the network and try again' }
  }
  yield examineInvitation(application)
  yield* examinePage(application)
  yield* examineLogins(ask)
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const remedyOf = (error: unknown): string =>
  error instanceof DiscordAnswer && error.status === UNAUTHORIZED
    ? 'the token is wrong, or was reset: make a new one in the Developer Portal (Bot, Reset Token) and put it into DISCORD_TOKEN'
    : 'set DISCORD_TOKEN to the token of your bot (docs/discord.md), or check the network, and HTTPS_PROXY where there is one'

/** @param date as Discord gave it; a machine whose clock is wrong ends waiting too early or too late */
function examineClock(date: string | undefined): Check {
  const theirs = Date.parse(date ?? '')
  if (Number.isNaN(theirs)) return { check: 'clock', ok: true, found: 'Discord did not say what time it is' }
  const seconds = Math.round((Date.now() - theirs) / 1000)
  const found = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} Discord's`
  if (Math.abs(seconds) <= MAX_CLOCK_SKEW_S) return { check: 'clock', ok: true, found }
  return { check: 'clock', ok: false, found, todo: 'set the clock of this machine, or have it set itself (NTP)' }
}

export const seesContent = ({ flags }: Application): boolean =>
  (flags & (ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited)) !== 0

function* examineIntents(application: Application): Generator<Check> {
  const found = seesContent(application)
    ? 'Message Content is granted'
    : 'Message Content is not granted: pictures in watched channels are not answered, everything else works (Developer Portal, Bot)'
  yield { check: 'Discord intents', ok: true, found }
}

function examineServer({ id, name, permissions }: z.infer<typeof Guilds>[number]): Check {
  const has = BigInt(permissions)
  const missing = Object.entries(NEEDED).filter(([, bit]) => (has & (bit | May.Administrator)) === 0n)
  const check = `Discord server ${name} (${id})`
  if (missing.length === 0) return { check, ok: true, found: 'all permissions' }
  const found = `missing: ${missing.map(([what]) => what).join(', ')}`
  return { check, ok: false, found, todo: 'grant them to the bot’s role in the server’s settings, or invite it again' }
}

function examineInvitation({ id, bot_public, bot_require_code_grant }: Application): Check {
  const check = 'Discord invitation'
  if (bot_require_code_grant)
    return {
      check,
      ok: false,
      found: 'the application requires an OAuth2 code grant, with which no link adds the bot',
      todo: 'turn that off in the Developer Portal (Bot, Requires OAuth2 Code Grant)',
    }
  const whose = bot_public === false ? ' (only you can use it: Public Bot is off in the Developer Portal)' : ''
  return { check, ok: true, found: `${invitation(id)}${whose}` }
}

/** Discord's own limit is a thousand a day, after which it resets the token. */
const LEAST_LOGINS = 100
const Logins = z.object({ session_start_limit: z.object({ total: z.int(), remaining: z.int() }) })

/** Says nothing where Discord does not answer: that was said before. */
async function* examineLogins(ask: (path: string) => Promise<{ answer: unknown }>): AsyncGenerator<Check> {
  const { data } = Logins.safeParse((await ask('/gateway/bot').catch(() => ({ answer: null }))).answer)
  if (!data) return
  const { total, remaining } = data.session_start_limit
  const found = `${remaining} of ${total} are left today`
  const ok = remaining >= Math.min(LEAST_LOGINS, total)
  const todo =
    'something starts the bot again and again, or two bots use this token: stop it before Discord resets the token'
  yield ok ? { check: 'logins', ok, found } : { check: 'logins', ok, found, todo }
}
