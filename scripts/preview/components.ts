// Components of a message, old and new ones, as HTML.
import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import { escapeHtml, type Html } from '../../src/charts/html.ts'
import { drawMarkdown, type Names } from './markdown.ts'
import type { ShownComponent, ShownFile } from './shown.ts'

/** `files`: those of the message, which components name. */
export type Drawing = { names: Names; files: readonly ShownFile[] }

export const drawComponents = (components: readonly ShownComponent[], drawing: Drawing): Html =>
  components.map((component) => drawComponent(component, drawing)).join('')

function drawComponent(component: ShownComponent, drawing: Drawing): Html {
  const { components = [], accessory } = component
  switch (component.type) {
    case ComponentType.Container:
      return cover(component, `<div class="card"${accent(component)}>${drawComponents(components, drawing)}</div>`)
    case ComponentType.TextDisplay:
      return `<div class="text">${drawMarkdown(component.content ?? '', drawing.names)}</div>`
    case ComponentType.Section: {
      const beside = accessory ? drawComponent(accessory, drawing) : ''
      return `<div class="section"><div>${drawComponents(components, drawing)}</div>${beside}</div>`
    }
    case ComponentType.Thumbnail:
      return cover(component, `<div class="thumbnail">${drawImage(component.media?.url, component, drawing)}</div>`)
    case ComponentType.MediaGallery:
      return drawGallery(component, drawing)
    case ComponentType.Separator:
      return `<hr class="${component.spacing === 2 ? 'wide' : ''}${component.divider === false ? ' bare' : ''}">`
    case ComponentType.File:
      return drawFile(findFile(component.file?.url, drawing))
    case ComponentType.ActionRow:
      return `<div class="row">${drawComponents(components, drawing)}</div>`
    case ComponentType.Button:
      return drawButton(component)
    default:
      return drawList(component)
  }
}

const accent = ({ accent_color: color }: ShownComponent): Html =>
  typeof color === 'number' ? ` style="border-left-color:#${color.toString(16).padStart(6, '0')}"` : ''

/** Under Discord's cover, if it has to stay hidden. */
const cover = ({ spoiler = false }: { spoiler?: boolean }, html: Html): Html =>
  spoiler ? `<div class="covered">${html}<b>SPOILER</b></div>` : html

function drawGallery({ items = [] }: ShownComponent, drawing: Drawing): Html {
  const pictures = items.map((item) =>
    cover(item, `<div class="picture">${drawImage(item.media.url, item, drawing)}</div>`),
  )
  return `<div class="gallery of-${Math.min(items.length, 5)}">${pictures.join('')}</div>`
}

type Described = { description?: string | null }
const drawImage = (url: string | undefined, { description }: Described, drawing: Drawing): Html =>
  `<img alt="${escapeHtml(description ?? '')}" src="${escapeHtml(findFile(url, drawing)?.url ?? url ?? '')}">`

const ATTACHED = 'attachment://'
const findFile = (url: string | undefined, { files }: Drawing): ShownFile | undefined =>
  files.find((file) => file.url === url || ATTACHED + file.filename === url)

export function drawFile(file: ShownFile | undefined): Html {
  if (!file) return ''
  const size = `${(file.size / 1024).toFixed(2)} KB`
  return `<div class="file"><i>📄</i><div><a>${escapeHtml(file.filename)}</a><small>${size}</small></div></div>`
}

const BUTTONS: Record<number, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'link',
}

function drawButton({ label = '', style = ButtonStyle.Secondary, emoji, disabled, url }: ShownComponent): Html {
  const icon = emoji?.name ? `<span>${escapeHtml(emoji.name)}</span>` : ''
  const leaves = url ? '<span class="leaves">↗</span>' : ''
  return `<button class="${BUTTONS[style]}"${disabled ? ' disabled' : ''}>${icon}${escapeHtml(label)}${leaves}</button>`
}

const LISTS: Record<number, string> = {
  [ComponentType.UserSelect]: 'Select a member',
  [ComponentType.RoleSelect]: 'Select a role',
  [ComponentType.MentionableSelect]: 'Make a selection',
  [ComponentType.ChannelSelect]: 'Select a channel',
}

/** A list, closed; with what is chosen in it. */
function drawList({ type, options = [], placeholder, disabled }: ShownComponent): Html {
  const chosen = options.filter((option) => option.default).map((option) => option.label)
  const text = chosen.length > 0 ? chosen.join(', ') : (placeholder ?? LISTS[type] ?? 'Make a selection')
  const isEmpty = chosen.length === 0
  return `<div class="list${isEmpty ? ' empty' : ''}${disabled ? ' disabled' : ''}">${escapeHtml(text)}<i></i></div>`
}
