// What Discord refuses of a message whose flag says that it is made of components, and what this project asks of its cards.
import type { Edited, File, Payload } from './checks.ts'
import { allIn, attachedNames, type Component, type Media, ofType, TYPES } from './components.ts'

const MAX_COMPONENTS = 40
const MAX_TEXT = 4_000
const MAX_DESCRIPTION = 1_024
/** Of this project: what is shown as a picture is small. */
const MAX_PICTURE_BYTES = 200_000

const { row, section, text, gallery, file, separator, container } = TYPES
const AT_TOP: number[] = [row, section, text, gallery, file, separator, container]
const IN_CONTAINER: number[] = AT_TOP.filter((type) => type !== container)

export function* cardProblems(m: Payload, files: File[], edited?: Edited): Generator<string> {
  const components = m.components ?? edited?.components ?? []
  const all = [...allIn(components)]
  if (m.content || (edited?.content && m.content === undefined)) yield 'content beside components'
  if (m.embeds?.length || (edited?.embeds.length && m.embeds === undefined)) yield 'embeds beside components'
  if (m.poll !== undefined || m.sticker_ids?.length) yield 'a poll or stickers beside components'
  if (components.length === 0) yield 'a message without components'
  if (all.length > MAX_COMPONENTS) yield `${all.length} components`
  const length = ofType(components, 'text').reduce((sum, { content = '' }) => sum + content.length, 0)
  if (length > MAX_TEXT) yield `texts of ${length} characters`
  for (const { type } of components) if (!AT_TOP.includes(type)) yield `a component of type ${type} at the top`
  for (const component of all) yield* problemsOf(component)
  yield* attachmentProblems(components, files, edited)
}

function* problemsOf(component: Component): Generator<string> {
  const { type, components = [], accessory, items = [], accent_color } = component
  switch (type) {
    case row:
      return yield* rowProblems(components)
    case text:
      if (!component.content) yield 'an empty text'
      return
    case section:
      if (components.length < 1 || components.length > 3) yield `a section of ${components.length} texts`
      if (components.some((c) => c.type !== text)) yield 'a section of something else than texts'
      if (accessory?.type !== TYPES.thumbnail && accessory?.type !== TYPES.button) yield 'a section with nothing beside'
      return
    case gallery:
      if (items.length < 1 || items.length > 10) yield `a gallery of ${items.length}`
      for (const item of items) yield* mediaProblems(item)
      return
    case TYPES.thumbnail:
      return yield* mediaProblems(component as Media)
    case file:
      if (!component.file?.url.startsWith('attachment://')) yield 'a file that is not attached'
      return
    case container:
      if (components.length < 1) yield 'an empty container'
      for (const inner of components)
        if (!IN_CONTAINER.includes(inner.type)) yield `a component of type ${inner.type} in a container`
      if (accent_color !== undefined && accent_color !== null && (accent_color < 0 || accent_color > 0xffffff))
        yield `the colour ${accent_color}`
  }
}

function* rowProblems(components: Component[]): Generator<string> {
  const buttons = components.filter((c) => c.type === TYPES.button).length
  const isRow = buttons === components.length ? buttons >= 1 && buttons <= 5 : components.length === 1
  if (!isRow) yield 'a row that is none'
  for (const component of components) yield* interactiveProblems(component)
}

const LINK_STYLE = 5

function* interactiveProblems(component: Component): Generator<string> {
  const { type, custom_id = '', label, style, url, emoji, options = [], placeholder = '' } = component
  const isLink = type === TYPES.button && style === LINK_STYLE
  if (isLink && (!url || custom_id)) yield 'a link without an address, or with an id'
  if (!isLink && (custom_id.length < 1 || custom_id.length > 100)) yield `a custom id of ${custom_id.length} characters`
  if (type === TYPES.button && ((!label && !emoji) || (label ?? '').length > 80)) yield `a button called ${label}`
  if (placeholder.length > 150) yield `a list called ${placeholder}`
  if (type !== TYPES.list) return
  if (options.length < 1 || options.length > 25) yield `a list of ${options.length}`
  if (new Set(options.map((o) => o.value)).size < options.length) yield 'a list that offers one value twice'
  for (const { label, value } of options)
    if (label.length < 1 || label.length > 100 || value.length < 1 || value.length > 100)
      yield `an entry called ${label}`
}

function* mediaProblems({ media, description }: Media): Generator<string> {
  if (!/^(attachment|https?):\/\//.test(media.url)) yield `a picture at ${media.url}`
  if ((description ?? '').length > MAX_DESCRIPTION) yield `a picture described by ${description}`
}

/** What is pointed at is there, and what is there is pointed at: Discord shows nothing else of what is attached. */
function* attachmentProblems(components: Component[], files: File[], edited?: Edited): Generator<string> {
  const named = attachedNames(components)
  const there = [...files.map((f) => f.name), ...(edited?.attachments ?? []).map((a) => a.filename)]
  for (const name of named) if (!there.includes(name)) yield `${name} is shown and not attached`
  for (const { name } of files) if (!named.includes(name)) yield `${name} is attached and not shown`
  const shownAsFiles = ofType(components, 'file').map((c) => c.file?.url)
  for (const { name, bytes } of files) {
    if (shownAsFiles.includes(`attachment://${name}`)) continue
    const isWebp = String.fromCharCode(...bytes.slice(8, 12)) === 'WEBP' && name.endsWith('.webp')
    if (!isWebp) yield `${name} is no WebP`
    if (bytes.length > MAX_PICTURE_BYTES) yield `${name} of ${bytes.length} bytes`
  }
}
