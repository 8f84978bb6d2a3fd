import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'
import { z } from 'zod'
import { UserError } from '../errors.ts'

/** Causes of causes that are written. */
const MAX_DEPTH = 3
const STACK_FRAME = /^ +at /

type Logged = { name: string; message?: string; stack?: string; [key: string]: unknown }

/**
 * What the log keeps of an error: its name, codes, message and where it was thrown. Discord's own messages, those of
 * what could not be read and those of people's mistakes can quote what somebody wrote: they are left out, as are the
 * bodies that discord.js keeps in its errors.
 */
export function describeForLog(error: unknown, depth = 0): Logged {
  if (!(error instanceof Error)) return { name: typeof error }
  const described: Logged = { name: error.name, ...codesOf(error) }
  const message = quotesPeople(error) ? undefined : maskTokens(error.message)
  if (message !== undefined) described.message = message
  const stack = framesOf(error)
  if (stack) described.stack = stack
  if (error.cause !== undefined && depth < MAX_DEPTH) described.cause = describeForLog(error.cause, depth + 1)
  if (error instanceof AggregateError && depth < MAX_DEPTH)
    described.errors = error.errors.map((one) => describeForLog(one, depth + 1))
  return described
}

const quotesPeople = (error: Error): boolean =>
  error instanceof DiscordAPIError ||
  error instanceof HTTPError ||
  error instanceof UserError ||
  error instanceof z.ZodError ||
  // `JSON.parse` quotes what it was given.
  error instanceof SyntaxError

function codesOf(error: Error): Record<string, unknown> {
  if (error instanceof DiscordAPIError) {
    const { code, status, method, url } = error
    // Discord's own name for the code stands for its message.
    return { code, reason: RESTJSONErrorCodes[Number(code)], status, method, path: pathOf(url) }
  }
  if (error instanceof HTTPError) return { status: error.status, method: error.method, path: pathOf(error.url) }
  if (error instanceof RateLimitError) return { method: error.method, path: error.route }
  if (error instanceof z.ZodError) return { paths: error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`) }
  return 'code' in error && ['string', 'number'].includes(typeof error.code) ? { code: error.code } : {}
}

const pathOf = (url: string): string => maskTokens(URL.parse(url)?.pathname ?? '')

/** Whoever knows the token of a webhook or an interaction can answer in the bot's name. */
const maskTokens = (text: string): string =>
  text
    .replace(/((?:webhooks|interactions)\/\d+\/)[^/\s?]+/g, '$1…')
    // A bot's own: three parts, the first of which is its id.
    .replace(/[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}/g, '…')

/** The stack less its first lines, which are the message. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => STACK_FRAME.test(line))
    .join('\n')
