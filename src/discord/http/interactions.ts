import { type Client, Events, type Interaction, InteractionType, Routes } from 'discord.js'
import { z } from 'zod'
import type { Raw } from '../calls/raw-events.ts'
import { type RemoteDiscord, receive } from '../calls/remote-client.ts'
import type { BotContext } from '../context.ts'
import { onInteraction } from '../events/interaction-create.ts'
import { RecentIds } from '../recent-ids.ts'
import { readGuild } from '../rest-guilds.ts'
import { openVerifier } from './verify.ts'

/** Discord's interactions are some 10 KB; a form with texts and uploads is no larger. */
const MAX_BODY_BYTES = 2 ** 20

const Sent = z.looseObject({
  id: z.string(),
  type: z.number(),
  guild_id: z.string().optional(),
  channel: z.looseObject({ id: z.string(), type: z.number(), parent_id: z.string().nullish() }).optional(),
})
type Sent = z.infer<typeof Sent>

/** What of a thread's channel is asked for. */
const Parent = z.looseObject({ id: z.string() })
/** Discord's types of threads. */
const THREADS = [10, 11, 12]

/**
 * Interactions that Discord sends to an address of the bot's own in place of its gateway. They are answered as all others
 * are, by requests of their own: then Discord wants a 202 without a body.
 * @param publicKey of the application, by which a request is known to be Discord's
 */
export function answerOverHttp(
  bot: BotContext,
  remote: RemoteDiscord,
  publicKey: string,
): (request: Request) => Promise<Response> {
  const isFromDiscord = openVerifier(publicKey)
  const seen = new RecentIds()
  return async (request) => {
    const body = new Uint8Array(await request.arrayBuffer())
    const signature = request.headers.get('x-signature-ed25519') ?? ''
    const timestamp = request.headers.get('x-signature-timestamp') ?? ''
    if (body.length > MAX_BODY_BYTES || !isFromDiscord({ signature, timestamp, body }))
      return new Response('invalid request signature', { status: 401 })
    const { data } = Sent.safeParse(parse(body))
    if (!data) return new Response('expected an interaction', { status: 400 })
    if (data.type === InteractionType.Ping) return Response.json({ type: 1 })
    // What was signed once may be sent again by somebody else.
    if (seen.add(data.id)) bot.tasks.track('interaction', answer(bot, remote, data))
    return new Response(null, { status: 202 })
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

async function answer(bot: BotContext, remote: RemoteDiscord, data: Sent): Promise<void> {
  const client = remote.client(await guildOf(remote, data))
  const own: BotContext = Object.create(bot, { client: { value: client } })
  const from = make(client, data)
  if (!from) return bot.log.error({ type: data.type }, 'an interaction is of a kind that is not known')
  bot.handedOver?.raw.set(from, data)
  await onInteraction(own, from)
}

/** The server as discord.js wants it, with the channel that the interaction comes from, and the one that it belongs to. */
async function guildOf({ rest }: RemoteDiscord, { guild_id, channel }: Sent): Promise<Raw | null> {
  const guild = guild_id === undefined ? undefined : await readGuild(rest, guild_id)
  if (!guild) return null
  const isThread = channel !== undefined && THREADS.includes(channel.type)
  const parent =
    isThread && channel.parent_id ? Parent.parse(await rest.get(Routes.channel(channel.parent_id))) : undefined
  const places = [parent, isThread ? undefined : channel].filter((place) => place !== undefined)
  const within = { guild_id: guild.id }
  return {
    ...guild,
    unavailable: false,
    members: [],
    channels: places.map((place) => ({ ...place, ...within })),
    threads: isThread ? [{ ...channel, ...within }] : [],
  }
}

function make(client: Client, data: Sent): Interaction | undefined {
  let made: Interaction | undefined
  client.once(Events.InteractionCreate, (from) => {
    made = from
  })
  receive(client, 'INTERACTION_CREATE', data)
  return made
}
