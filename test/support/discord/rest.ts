// The REST routes that a bot of this kind needs. What is not here fails the test.

import { callback, edit, followUp, removeAnswer } from './answers.ts'
import { type Call, NOTHING, no, ok, type Reply } from './call.ts'
import { BASIC, guildJson, makeMessage, memberOf } from './entities.ts'
import { change, check, sent, staying } from './sent.ts'
import type { StandIn } from './stand-in.ts'

type Handler = (stand: StandIn, call: Call, parts: string[]) => Reply
type Route = { method: string; path: RegExp; handle: Handler; open?: true }

const SENDS = 1n << 11n

const ROUTES: Route[] = [
  { method: 'GET', path: /^\/gateway$/, handle: (s) => ok({ url: s.gatewayUrl }), open: true },
  { method: 'GET', path: /^\/gateway\/bot$/, handle: (s) => ok(s.gatewayInfo()) },
  { method: 'GET', path: /^\/users\/@me$/, handle: (s) => ok(s.bot) },
  {
    method: 'GET',
    path: /^\/users\/@me\/guilds$/,
    handle: (s) => ok(s.guilds.map((g) => ({ ...guildJson(g), permissions: String(BASIC) }))),
  },
  {
    method: 'GET',
    path: /^\/applications\/@me$/,
    handle: (s) => {
      const flags = s.gateway.refusesContent ? 0 : 1 << 19
      return ok({ id: s.bot.id, name: 'Mekiki', flags, redirect_uris: s.oauth.redirectUris })
    },
  },
  { method: 'GET', path: /^\/applications\/(\d+)\/commands$/, handle: (s) => ok(s.commands) },
  { method: 'DELETE', path: /^\/users\/@me\/guilds\/(\d+)$/, handle: leave },
  { method: 'PUT', path: /^\/applications\/(\d+)\/commands$/, handle: register },
  { method: 'PUT', path: /^\/applications\/(\d+)\/guilds\/(\d+)\/commands$/, handle: registerForServer },
  { method: 'POST', path: /^\/channels\/(\d+)\/messages$/, handle: post },
  { method: 'GET', path: /^\/channels\/(\d+)\/messages$/, handle: list },
  {
    method: 'GET',
    path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    handle: (s, _c, [, id]) => found(s.messages.get(id!), 10008),
  },
  { method: 'DELETE', path: /^\/channels\/(\d+)\/messages\/(\d+)$/, handle: removeOwn },
  { method: 'PATCH', path: /^\/channels\/(\d+)\/messages\/(\d+)$/, handle: editOwn },
  { method: 'GET', path: /^\/channels\/(\d+)$/, handle: (s, _c, [id]) => found(s.channel(id!), 10003) },
  { method: 'POST', path: /^\/attachments\/refresh-urls$/, handle: refreshUrls },
  { method: 'PUT', path: /^\/channels\/(\d+)\/messages\/(\d+)\/reactions\/([^/]+)\/@me$/, handle: react },
  { method: 'DELETE', path: /^\/channels\/(\d+)\/messages\/(\d+)\/reactions\/([^/]+)\/(@me|\d+)$/, handle: takeBack },
  {
    method: 'GET',
    path: /^\/guilds\/(\d+)$/,
    handle: (s, _c, [id]) => {
      const guild = s.guilds.find((g) => g.id === id)
      return guild ? ok(guildJson(guild)) : no(403, 50001, 'Missing Access')
    },
  },
  {
    method: 'GET',
    path: /^\/guilds\/(\d+)\/channels$/,
    handle: (s, _c, [id]) => found(s.guilds.find((g) => g.id === id)?.channels, 10004),
  },
  { method: 'GET', path: /^\/guilds\/(\d+)\/members\/(\d+)$/, handle: member },
  { method: 'POST', path: /^\/interactions\/(\d+)\/([^/]+)\/callback$/, handle: callback, open: true },
  {
    method: 'GET',
    path: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|%40original)$/,
    handle: (s, _c, [, token]) => found(s.interactions.get(token!)?.message, 10008),
    open: true,
  },
  {
    method: 'PATCH',
    path: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|%40original)$/,
    handle: edit,
    open: true,
  },
  {
    method: 'DELETE',
    path: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|%40original)$/,
    handle: removeAnswer,
    open: true,
  },
  { method: 'POST', path: /^\/webhooks\/(\d+)\/([^/]+)$/, handle: followUp, open: true },
]

export function route(stand: StandIn, call: Call): Reply {
  for (const { method, path, handle, open } of ROUTES) {
    const match = call.method === method ? path.exec(call.path) : null
    if (!match) continue
    if (open && call.authorized) stand.complain(`${call.method} ${call.path} carries an authorization`)
    if (!open && !call.isOurs) return no(401, 0, '401: Unauthorized')
    return handle(stand, call, match.slice(1))
  }
  stand.complain(`unknown route ${call.method} ${call.path}`)
  return no(404, 0, 'Unknown route')
}

const found = (what: unknown, code: number): Reply => (what ? ok(what) : no(404, code, 'Unknown'))

type Sent = Parameters<StandIn['registered']['register']>[0]

function leave(stand: StandIn, _call: Call, [id]: string[]): Reply {
  const guild = stand.guilds.find((g) => g.id === id)
  if (!guild) return no(404, 10004, 'Unknown Guild')
  stand.removeGuild(guild)
  return NOTHING
}

function register(stand: StandIn, { body }: Call): Reply {
  const about = { application_id: stand.bot.id }
  stand.commands = stand.registered.register(body as unknown as Sent, stand.commands, about)
  stand.registered.checkNames(stand.commands)
  stand.registrations++
  return ok(stand.commands)
}

function registerForServer(stand: StandIn, { body }: Call, [, server]: string[]): Reply {
  if (!stand.guilds.some((g) => g.id === server)) return no(403, 50001, 'Missing Access')
  return ok(stand.registered.registerFor(server!, body as unknown as Sent, { application_id: stand.bot.id }))
}

function post(stand: StandIn, call: Call, [id]: string[]): Reply {
  const channel = stand.channel(id!)
  if (!channel) return no(404, 10003, 'Unknown Channel')
  if (!stand.may(channel, SENDS)) {
    stand.complain(`tried to write in ${channel.name}, where it may not`)
    return no(403, 50013, 'Missing Permissions')
  }
  const {
    message_reference: reference,
    nonce,
    enforce_nonce,
    ...rest
  } = call.body as {
    message_reference?: { message_id: string }
    nonce?: string
    enforce_nonce?: boolean
  }
  if (reference && !stand.messages.has(reference.message_id)) return no(400, 50035, 'Unknown message')
  const same = enforce_nonce && nonce ? stand.nonces.get(nonce) : undefined
  if (same) return ok(same)
  const refused = check(stand, call)
  if (refused) return refused
  const message = makeMessage(channel, stand.bot, {
    ...sent(stand, { ...call, body: rest }),
    ...(reference && { message_reference: { ...reference, channel_id: id, type: 0 }, type: 19 }),
  })
  stand.messages.set(message.id, message)
  if (nonce) stand.nonces.set(nonce, message)
  stand.said.push(message)
  stand.onSaid(message)
  return ok(message)
}

/** The messages after another one, the latest first. */
function list(stand: StandIn, { query }: Call, [id]: string[]): Reply {
  const after = BigInt(query.get('after') ?? 0)
  const later = [...stand.messages.values()].filter((m) => m.channel_id === id && BigInt(m.id) > after)
  return ok(later.slice(0, Number(query.get('limit') ?? 50)).toReversed())
}

function react(stand: StandIn, _call: Call, [, id, emoji]: string[]): Reply {
  if (!stand.messages.has(id!)) return no(404, 10008, 'Unknown Message')
  stand.reactions.push({ message: id!, emoji: decodeURIComponent(emoji!) })
  stand.onReaction(id!)
  return NOTHING
}

/** Signs addresses of files that are still there anew. */
function refreshUrls(_stand: StandIn, { body }: Call): Reply {
  const urls = body.attachment_urls as string[]
  return ok({
    refreshed_urls: urls.map((original) => ({ original, refreshed: original.replace('ex=1', 'ex=ffffffff') })),
  })
}

function takeBack(stand: StandIn, _call: Call, [, id, emoji, who]: string[]): Reply {
  if (who !== '@me' && who !== stand.bot.id) stand.complain('took back a reaction of somebody else')
  const name = decodeURIComponent(emoji!)
  const found = stand.reactions.findIndex((r) => r.message === id && r.emoji === name)
  if (found < 0) return no(404, 10014, 'Unknown Emoji')
  stand.takenBack.push(...stand.reactions.splice(found, 1))
  return NOTHING
}

/** The bot deletes a message of its own; others take a permission that it does not ask for. */
function removeOwn(stand: StandIn, _call: Call, [, id]: string[]): Reply {
  const message = stand.messages.get(id!)
  if (!message) return no(404, 10008, 'Unknown Message')
  if (message.author.id !== stand.bot.id) return no(403, 50013, 'Missing Permissions')
  stand.messages.delete(message.id)
  stand.deleted.push(message.id)
  return NOTHING
}

function editOwn(stand: StandIn, call: Call, [, id]: string[]): Reply {
  const message = stand.messages.get(id!)
  if (!message) return no(404, 10008, 'Unknown Message')
  if (message.author.id !== stand.bot.id) return no(403, 50005, 'Cannot edit a message authored by another user')
  const refused = check(stand, call, { ...message, attachments: staying(message, call) })
  if (refused) return refused
  change(stand, message, call)
  return ok(message)
}

function member(stand: StandIn, _call: Call, [guildId, userId]: string[]): Reply {
  const guild = stand.guilds.find((g) => g.id === guildId)
  const is = guild?.members.find((m) => m.user.id === userId)
  return guild && is ? ok(memberOf(guild, is.user)) : no(404, 10007, 'Unknown Member')
}
