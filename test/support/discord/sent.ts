// What a request says of a message, with its files, and what Discord makes of it.
import { type Call, no, type Reply } from './call.ts'
import { type Edited, type File, messageProblems } from './checks.ts'
import { type Component, HAS_CARDS, withAddresses } from './components.ts'
import type { Message } from './entities.ts'
import type { StandIn } from './stand-in.ts'

export function check(stand: StandIn, { body, files }: Call, edited?: Edited): Reply | undefined {
  const problems = [...messageProblems(body, files, edited)]
  for (const problem of problems) stand.complain(`message: ${problem}`)
  return problems.length > 0 ? no(400, 50035, problems.join(', ')) : undefined
}

export const EPHEMERAL = 64
export const LOADING = 128
const SUPPRESSES_EMBEDS = 4

/** Files that came, as the message has them. */
const attached = (stand: StandIn, files: File[]) =>
  files.map((f) => stand.keep(f.name, f.bytes, undefined, f.name.endsWith('.webp') ? 'image/webp' : 'text/plain'))

/** What a request says of a message, with its files. */
export function sent(stand: StandIn, { body, files }: Call, old: Message['attachments'] = []): Partial<Message> {
  const attachments = [...old, ...attached(stand, files)]
  if (!body.components) return { ...body, attachments }
  const components = withAddresses(body.components as Component[], attachments)
  return { ...body, attachments, components }
}

/** The list of an edit says which old files stay; new ones are numbered. */
export function staying({ attachments: old }: Message, { body }: Call): Message['attachments'] {
  const { attachments } = body as { attachments?: { id: string | number }[] }
  return old.filter((a) => !attachments || attachments.some((b) => String(b.id) === a.id))
}

export function change(stand: StandIn, message: Message, call: Call): void {
  const { flags, content, ...rest } = sent(stand, call, staying(message, call))
  Object.assign(message, rest, content === undefined ? {} : { content: content ?? '' })
  // Who sees a message stays, and so does that it is made of components.
  const settable = SUPPRESSES_EMBEDS | HAS_CARDS
  message.flags = (message.flags & ~LOADING) | (Number(flags ?? 0) & settable)
}
