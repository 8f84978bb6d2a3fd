// What Discord refuses. Each returns what is wrong, or nothing.
import type { Component, Row } from './entities.ts'

type Payload = {
  content?: string
  embeds?: { title?: string; description?: string; fields?: unknown[] }[]
  components?: Row[]
  flags?: number
  allowed_mentions?: { parse?: string[]; users?: string[] }
}
export type File = { name: string; bytes: Uint8Array }

const MIB = 2 ** 20

export function* messageProblems(m: Payload, files: File[], isEdit: boolean): Generator<string> {
  if ((m.content ?? '').length > 2000) yield `content of ${m.content!.length} characters`
  if (!isEdit && !m.content && !m.embeds?.length && !m.components?.length && files.length === 0)
    yield 'an empty message'
  if ((m.embeds?.length ?? 0) > 10) yield 'more than 10 embeds'
  let characters = 0
  for (const { title = '', description = '', fields = [] } of m.embeds ?? []) {
    if (description.length > 4096 || title.length > 256 || fields.length > 25) yield 'an embed that is too large'
    characters += title.length + description.length
  }
  if (characters > 6000) yield 'embeds of more than 6,000 characters'
  if (files.length > 10) yield `${files.length} files`
  if (files.some((f) => f.bytes.length > 10 * MIB)) yield 'a file of more than 10 MiB'
  if (files.reduce((sum, f) => sum + f.bytes.length, 0) > 25 * MIB) yield 'a request of more than 25 MiB'
  yield* rowProblems(m.components ?? [])
  const parse = m.allowed_mentions ? (m.allowed_mentions.parse ?? []) : ['everyone']
  if (parse.length > 0) yield 'mentions that are not switched off'
}

function* rowProblems(rows: Row[]): Generator<string> {
  if (rows.length > 5) yield `${rows.length} rows`
  const ids = rows.flatMap((r) => r.components.map((c) => c.custom_id))
  if (new Set(ids).size < ids.length) yield 'two components of one id'
  for (const { type, components } of rows) {
    if (type !== 1 || components.length === 0 || components.length > 5) yield 'a row that is none'
    for (const c of components) yield* componentProblems(c)
  }
}

function* componentProblems({
  type,
  custom_id = '',
  label,
  options = [],
  placeholder = '',
}: Component): Generator<string> {
  if (custom_id.length < 1 || custom_id.length > 100) yield `a custom id of ${custom_id.length} characters`
  if (type === 2 && (!label || label.length > 80)) yield `a button called ${label}`
  if (type !== 3) return
  if (options.length < 1 || options.length > 25 || placeholder.length > 150) yield `a list of ${options.length}`
  if (new Set(options.map((o) => o.value)).size < options.length) yield 'a list that offers one value twice'
  for (const { label, value } of options)
    if (label.length < 1 || label.length > 100 || value.length < 1 || value.length > 100)
      yield `an entry called ${label}`
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
