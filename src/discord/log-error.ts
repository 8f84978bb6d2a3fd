import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'
import { describeForLog as describe, type ErrorKnowledge, type Logged } from '../logged-error.ts'

/** The same of Discord's errors, whose messages and bodies can quote what somebody wrote. */
export const describeForLog = (error: unknown): Logged => describe(error, DISCORD)

const DISCORD: ErrorKnowledge = {
  quotesPeople: (error) => error instanceof DiscordAPIError || error instanceof HTTPError,
  codesOf,
  mask: maskTokens,
}

function codesOf(error: Error): Record<string, unknown> | undefined {
  if (error instanceof DiscordAPIError) {
    const { code, status, method, url } = error
    // Discord's own name for the code stands for its message.
    return { code, reason: RESTJSONErrorCodes[Number(code)], status, method, path: pathOf(url) }
  }
  if (error instanceof HTTPError) return { status: error.status, method: error.method, path: pathOf(error.url) }
  if (error instanceof RateLimitError) return { method: error.method, path: error.route }
  return undefined
}

const pathOf = (url: string): string => maskTokens(URL.parse(url)?.pathname ?? '')

/** Whoever knows the token of a webhook or an interaction can answer in the bot's name. */
function maskTokens(text: string): string {
  return (
    text
      .replace(/((?:webhooks|interactions)\/\d+\/)[^/\s?]+/g, '$1…')
      // A bot's own: three parts, the first of which is its id.
      .replace(/[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}/g, '…')
  )
}
