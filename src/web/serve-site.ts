import { readWebConfig } from '../config.ts'
import { UserError } from '../errors.ts'
import type { Offer, ServedSite } from './discord-site.ts'

/**
 * The page for the people of the bot's servers; undefined where WEB_URL is not set. It may be opened before the bot has connected.
 * Throws UserError config.invalid, web.port
 */
export async function serveSite(offer: Offer): Promise<ServedSite | undefined> {
  const { url, redirectUri, clientSecret, ...settings } = readWebConfig()
  if (url === undefined || redirectUri === undefined) return undefined
  if (clientSecret === undefined)
    throw new UserError(
      'config.invalid',
      'Expected DISCORD_CLIENT_SECRET together with WEB_URL, received none: docs/operating/web.md says where it is',
    )
  // Loaded only here: a bot without a page starts sooner.
  const { openDiscordSite } = await import('./discord-site.ts')
  return openDiscordSite(offer, { ...settings, url, redirectUri, clientSecret })
}
