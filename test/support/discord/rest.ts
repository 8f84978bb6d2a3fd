// The REST routes that a bot of this kind needs. What is not here fails the test.
import type { IncomingMessage } from 'node:http'
import { type Edited, type File, messageProblems, modalProblems } from './checks.ts'
import { type Component, HAS_CARDS, withAddresses } from './components.ts'
import { BASIC, guildJson, type Message, makeMessage, memberOf } from './entities.ts'
import { type StandIn, TOKEN } from './stand-in.ts'

export type Call = {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
  files: File[]
  authorized: boolean
  isOurs: boolean
}
export type Reply = {
  status: number
  body?: unknown
  headers?: Record<string, string>
  /** The connection ends in place of it. */
  isCut?: 'reset' | 'closed'
}

const no = (status: number, code: number, message: string): Reply => ({ status, body: { code, message } })
const ok = (body: unknown): Reply => ({ status: 200, body })
const NOTHING: Reply = { status: 204 }

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
    handle: (s) => ok({ id: s.bot.id, name: 'Mekiki', flags: s.gateway.refusesContent ? 0 : 1 << 19 }),
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
  { method: 'PUT', path: /^\/channels\/(\d+)\/messages\/(\d+)\/reactions\/([^/]+)\/@me$/, handle: react },
  { method: 'DELETE', path: /^\/channels\/(\d+)\/messages\/(\d+)\/reactions\/([^/]+)\/(@me|\d+)$/, handle: takeBack },
  { method: 'GET', path: /^\/guilds\/(\d+)\/members\/(\d+)$/, handle: member },
  { method: 'POST', path: /^\/interactions\/(\d+)\/([^/]+)\/callback$/, handle: callback, open: true },
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

function check(stand: StandIn, { body, files }: Call, edited?: Edited): Reply | undefined {
  const problems = [...messageProblems(body, files, edited)]
  for (const problem of problems) stand.complain(`message: ${problem}`)
  return problems.length > 0 ? no(400, 50035, problems.join(', ')) : undefined
}

const EPHEMERAL = 64
const LOADING = 128
const SUPPRESSES_EMBEDS = 4

/** Files that came, as the message has them. */
const attached = (stand: StandIn, files: File[]) =>
  files.map((f) => stand.keep(f.name, f.bytes, undefined, f.name.endsWith('.webp') ? 'image/webp' : 'text/plain'))

/** What a request says of a message, with its files. */
function sent(stand: StandIn, { body, files }: Call, old: Message['attachments'] = []): Partial<Message> {
  const attachments = [...old, ...attached(stand, files)]
  if (!body.components) return { ...body, attachments }
  const components = withAddresses(body.components as Component[], attachments)
  return { ...body, attachments, components }
}

/** The list of an edit says which old files stay; new ones are numbered. */
function staying({ attachments: old }: Message, { body }: Call): Message['attachments'] {
  const { attachments } = body as { attachments?: { id: string | number }[] }
  return old.filter((a) => !attachments || attachments.some((b) => String(b.id) === a.id))
}

function change(stand: StandIn, message: Message, call: Call): void {
  const { flags, content, ...rest } = sent(stand, call, staying(message, call))
  Object.assign(message, rest, content === undefined ? {} : { content: content ?? '' })
  // Who sees a message stays, and so does that it is made of components.
  const settable = SUPPRESSES_EMBEDS | HAS_CARDS
  message.flags = (message.flags & ~LOADING) | (Number(flags ?? 0) & settable)
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

const DEADLINE = 3_000

function callback(stand: StandIn, call: Call, [id, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (!from || from.id !== id) return no(404, 10062, 'Unknown interaction')
  const after = performance.now() - from.at
  if (after > DEADLINE) {
    stand.complain(`answered after ${Math.round(after)} ms`)
    from.isLate = true
    from.changed()
    return no(404, 10062, 'Unknown interaction')
  }
  if (from.type !== undefined) {
    if (!from.isAnswerLost)
      stand.complain(`acknowledged twice, after ${Math.round(from.acknowledgedAfter ?? 0)} and ${Math.round(after)} ms`)
    return no(400, 40060, 'Interaction has already been acknowledged.')
  }
  const { type, data = {} } = call.body as { type: number; data?: Record<string, unknown> }
  if (type === 4 || type === 7) {
    const refused = check(stand, { ...call, body: data }, type === 7 && from.below ? from.below : undefined)
    if (refused) return refused
  }
  if (type === 8 && (data.choices as unknown[]).length > 25) stand.complain('more than 25 suggestions')
  if (type === 9) for (const p of modalProblems(data as Parameters<typeof modalProblems>[0])) stand.complain(p)
  Object.assign(from, { type, acknowledgedAfter: after, data })
  // A deferred answer is a message with flag 128 already; a deferred update keeps the old one.
  if (type === 4 || type === 5) {
    // Whether it is made of components is said by the edit that follows; with this flag alone nothing is.
    const flags = type === 5 ? (Number(data.flags ?? 0) & EPHEMERAL) | LOADING : Number(data.flags ?? 0)
    from.message = makeMessage(from.channel, stand.bot, { ...sent(stand, { ...call, body: data }), flags })
    stand.messages.set(from.message.id, from.message)
  }
  if (type === 6 || type === 7) from.message = from.below!
  if (type === 7) {
    change(stand, from.message!, { ...call, body: data })
    from.edits++
  }
  from.changed()
  return NOTHING
}

function edit(stand: StandIn, call: Call, [, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (!from?.message) return no(404, 10015, 'Unknown Webhook')
  const refused = check(stand, call, { ...from.message, attachments: staying(from.message, call) })
  if (refused) return refused
  change(stand, from.message, call)
  from.edits++
  from.changed()
  return ok(from.message)
}

/** An answer that was deferred for all is taken back, so that what follows can be private. */
function removeAnswer(stand: StandIn, _call: Call, [, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (!from?.message) return no(404, 10008, 'Unknown Message')
  stand.messages.delete(from.message.id)
  delete from.message
  from.changed()
  return NOTHING
}

function followUp(stand: StandIn, call: Call, [, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (from?.type === undefined) return no(404, 10015, 'Unknown Webhook')
  // Discord lets it take the place of the answer, with its visibility.
  if (from.message && from.message.flags & 128) stand.complain('a follow-up came before the answer')
  const refused = check(stand, call)
  if (refused) return refused
  const message = makeMessage(from.channel, stand.bot, sent(stand, call))
  stand.messages.set(message.id, message)
  from.followUps.push(message)
  from.changed()
  return ok(message)
}

/** A request with its files, whether it came as JSON or in parts. */
export async function readCall(request: IncomingMessage, path: string): Promise<Call> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  const type = request.headers['content-type'] ?? ''
  const call = {
    method: request.method!,
    path,
    query: new URL(request.url!, 'http://localhost').searchParams,
    authorized: request.headers.authorization !== undefined,
    isOurs: request.headers.authorization === `Bot ${TOKEN}`,
  }
  if (!type.startsWith('multipart/'))
    return { ...call, body: bytes.length > 0 ? JSON.parse(String(bytes)) : {}, files: [] }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const files: File[] = []
  for (const [name, value] of form as unknown as Iterable<[string, unknown]>)
    if (/^files\[\d+\]$/.test(name)) {
      const file = value as globalThis.File
      files.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })
    }
  const json = JSON.parse(String(form.get('payload_json'))) as Record<string, unknown>
  const body = (json.data as Record<string, unknown> | undefined) ?? json
  return { ...call, body: json.type === undefined ? body : json, files }
}

/** Too many requests: to be tried again after so many seconds. */
export function rateLimited(seconds: number): Reply {
  const headers = {
    'retry-after': String(seconds),
    'x-ratelimit-reset-after': String(seconds),
    'x-ratelimit-scope': 'user',
  }
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers: { ...headers, 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-bucket': 'b' },
  }
}
