import { PermissionFlagsBits as May } from 'discord-api-types/v10'
import { request } from 'undici'
import { z } from 'zod'
import { openProxyAgent } from '../http-proxy.ts'

// What the command line asks Discord, without the chat's own client.

const API = 'https://discord.com/api'
const TIMEOUT_MS = 10_000

/** Permissions that the bot is invited with; docs/discord.md says what each is for. */
export const NEEDED = {
  'View Channels': May.ViewChannel,
  'Send Messages': May.SendMessages,
  'Send Messages in Threads': May.SendMessagesInThreads,
  'Read Message History': May.ReadMessageHistory,
  'Add Reactions': May.AddReactions,
  'Attach Files': May.AttachFiles,
}
const ALL = Object.values(NEEDED).reduce((all, bit) => all | bit, 0n)

/** The link with which somebody who manages a server adds the bot to it. @param id of the application */
export const invitation = (id: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${ALL}`

/** `api`: Discord's REST address without the version, where it is not Discord's own. */
export type Access = { token: string; api?: string | undefined }
type Call = { method?: 'GET' | 'DELETE'; path: string }

/** What Discord answered that is no success. */
export class DiscordAnswer extends Error {
  readonly status: number
  constructor(status: number, path: string) {
    super(`Discord answered ${status} to ${path}`)
    this.status = status
  }
}

/** Asks Discord once. Throws DiscordAnswer for everything but success, and what the network throws */
export async function askDiscord({ api = API, token }: Access, { method = 'GET', path }: Call) {
  const { statusCode, headers, body } = await request(`${api.replace(/\/$/, '')}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}` },
    headersTimeout: TIMEOUT_MS,
    dispatcher: openProxyAgent(),
  })
  const text = await body.text()
  if (statusCode < 200 || statusCode > 299) throw new DiscordAnswer(statusCode, path)
  const answer: unknown = text === '' ? null : JSON.parse(text)
  return { answer, date: typeof headers.date === 'string' ? headers.date : undefined }
}

type Client = { id: string; secret: string; redirectUri: string; api?: string | undefined }

/**
 * Whether Discord knows the secret of an application. A code that nobody has is exchanged: no token comes of it, and what is refused first is
 * said. Throws what the network throws
 */
export async function isSecretRight({ api = API, id, secret, redirectUri }: Client): Promise<boolean> {
  const form = { client_id: id, client_secret: secret, grant_type: 'authorization_code', code: 'none' }
  const { statusCode, body } = await request(`${api.replace(/\/$/, '')}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams({ ...form, redirect_uri: redirectUri })),
    headersTimeout: TIMEOUT_MS,
    dispatcher: openProxyAgent(),
  })
  const answer = await body.text()
  if (statusCode >= 500 || statusCode === 429) throw new DiscordAnswer(statusCode, '/oauth2/token')
  return !answer.includes('invalid_client')
}

/** `flags`: which intents are granted, among others. */
export const Application = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.int().default(0),
  bot_public: z.boolean().optional(),
  bot_require_code_grant: z.boolean().optional(),
  redirect_uris: z.array(z.string()).optional(),
})
export type Application = z.infer<typeof Application>
