// What Discord refuses. Each returns what is wrong, or nothing.
import { cardProblems } from './card-checks.ts'
import { allIn, type Component, HAS_CARDS, TYPES } from './components.ts'

export type Payload = {
  content?: string | null
  embeds?: { title?: string; description?: string; fields?: unknown[] }[]
  components?: Component[]
  poll?: unknown
  sticker_ids?: unknown[]
  flags?: number
  allowed_mentions?: { parse?: string[]; users?: string[] }
}
export type File = { name: string; bytes: Uint8Array }
/** What an edit changes: what it showed until then, without the files that go. */
export type Edited = {
  content: string
  embeds: unknown[]
  components: Component[]
  flags: number
  attachments: { filename: string }[]
}

const MIB = 2 ** 20

export function* messageProblems(m: Payload, files: File[], edited?: Edited): Generator<string> {
  if (edited && m.flags !== undefined && edited.flags & HAS_CARDS && !(m.flags & HAS_CARDS))
    yield 'a message that had cards and shall have none'
  if (files.length > 10) yield `${files.length} files`
  if (new Set(files.map((f) => f.name)).size < files.length) yield 'two files of one name'
  if (files.some((f) => f.bytes.length > 10 * MIB)) yield 'a file of more than 10 MiB'
  if (files.reduce((sum, f) => sum + f.bytes.length, 0) > 25 * MIB) yield 'a request of more than 25 MiB'
  const ids = [...allIn(m.components ?? [])].flatMap((c) => c.custom_id ?? [])
  if (new Set(ids).size < ids.length) yield 'two components of one id'
  const parse = m.allowed_mentions ? (m.allowed_mentions.parse ?? []) : ['everyone']
  if (parse.length > 0) yield 'mentions that are not switched off'
  const hasCards = ((m.flags ?? 0) | (edited?.flags ?? 0)) & HAS_CARDS
  yield* hasCards ? cardProblems(m, files, edited) : plainProblems(m, files, edited)
}

/** Everything that the bot says is a card: what is not was forgotten. */
function* plainProblems({ content, components = [] }: Payload, files: File[], edited?: Edited): Generator<string> {
  yield `a message that is no card: ${content}`
  if ((content ?? '').length > 2000) yield `content of ${content!.length} characters`
  if (!edited && !content && components.length === 0 && files.length === 0) yield 'an empty message'
  if (components.some(({ type }) => type !== TYPES.row)) yield 'components that need the flag of cards'
}

type Described = {
  name: string
  type?: number
  description?: string
  name_localizations?: Record<string, string>
  description_localizations?: Record<string, string>
  options?: (Described & { required?: boolean; choices?: unknown[]; autocomplete?: boolean })[]
}
const NAME = /^[-_\p{Ll}\p{Lo}\p{N}\u30fc]{1,32}$/u

export function* commandProblems(commands: Described[]): Generator<string> {
  const chat = commands.filter((c) => (c.type ?? 1) === 1)
  if (chat.length > 100 || commands.length - chat.length > 15) yield 'too many commands'
  if (new Set(commands.map((c) => `${c.type ?? 1} ${c.name}`)).size < commands.length) yield 'two commands of one name'
  for (const { name, type = 1 } of commands)
    if (type !== 1 && (name.length < 1 || name.length > 32)) yield `a menu ${name}`
  for (const command of chat) {
    yield* described(command)
    const options = command.options ?? []
    if (options.length > 25) yield `${options.length} options of ${command.name}`
    if (new Set(options.map((o) => o.name)).size < options.length) yield `two options of one name in ${command.name}`
    const required = options.map((o) => o.required ?? false)
    if (required.lastIndexOf(true) > required.indexOf(false) && required.includes(false)) yield `${command.name}: order`
    for (const option of options) {
      yield* described(option)
      if ((option.choices?.length ?? 0) > 25 || (option.choices && option.autocomplete))
        yield `choices of ${option.name}`
    }
  }
}

function* described({ name, description = '', ...local }: Described): Generator<string> {
  for (const n of [name, ...Object.values(local.name_localizations ?? {})]) if (!NAME.test(n)) yield `the name ${n}`
  for (const d of [description, ...Object.values(local.description_localizations ?? {})])
    if (d.length < 1 || d.length > 100) yield `the description of ${name}: ${d}`
}

type Modal = { custom_id: string; title: string; components: { type: number; label?: string; component?: Component }[] }
export function* modalProblems({ custom_id, title, components }: Modal): Generator<string> {
  if (custom_id.length < 1 || custom_id.length > 100) yield 'a form’s custom id'
  if (title.length < 1 || title.length > 45) yield 'a form’s title'
  if (components.length < 1 || components.length > 5) yield 'a form’s fields'
  for (const { type, label = '', component } of components)
    if (type !== 18 || label.length < 1 || label.length > 45 || !component?.custom_id) yield 'a form’s field'
}
