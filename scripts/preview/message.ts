// Messages, forms and what people did, as HTML in the manner of Discord.
import { ComponentType, MessageFlags } from 'discord-api-types/v10'
import { escapeHtml, type Html } from '../../src/charts/html.ts'
import { type Drawing, drawComponents, drawFile } from './components.ts'
import { drawInline, drawMarkdown, type Names } from './markdown.ts'
import type { Author, Entry, FormEntry, MessageEntry, ShownComponent, ShownEmbed, ShownFile } from './shown.ts'

/** What Discord says itself, by language. */
const DISCORD: Record<string, { app: string; used: string; onlyYou: string; dismiss: string; thinking: string }> = {
  en: {
    app: 'APP',
    used: 'used',
    onlyYou: 'Only you can see this',
    dismiss: 'Dismiss message',
    thinking: 'is thinking…',
  },
  ja: {
    app: 'アプリ',
    used: 'が使用しました：',
    onlyYou: 'あなただけに表示されています',
    dismiss: 'メッセージを削除',
    thinking: 'が考え中…',
  },
}
const saidByDiscord = ({ locale }: Names) => DISCORD[locale.split('-')[0] ?? 'en'] ?? DISCORD.en

export function drawEntry(entry: Entry, names: Names): Html {
  switch (entry.kind) {
    case 'message':
      return drawMessage(entry, names)
    case 'form':
      return drawForm(entry, names)
    case 'step':
      return `<p class="step">${drawInline(entry.text, names)}</p>`
  }
}

function drawMessage(entry: MessageEntry, names: Names): Html {
  const { author, message, time } = entry
  const { flags = 0 } = message
  const isPrivate = (flags & MessageFlags.Ephemeral) !== 0
  const words = saidByDiscord(names)
  const badge = author.isBot ? `<span class="app">${words?.app}</span>` : ''
  const thinking =
    flags & MessageFlags.Loading ? `<div class="thinking">${escapeHtml(author.name)} ${words?.thinking}</div>` : ''
  const notice = isPrivate ? `<div class="notice">👁 ${words?.onlyYou} · <a>${words?.dismiss}</a></div>` : ''
  return (
    `<article class="message${isPrivate ? ' private' : ''}">${above(entry, names)}` +
    `<div class="body">${avatar(author)}<div class="said">` +
    `<header><b>${escapeHtml(author.name)}</b>${badge}<time>${escapeHtml(time)}</time></header>` +
    `${thinking || drawContent(entry, names)}${notice}</div></div></article>`
  )
}

function above({ used, replyTo }: MessageEntry, names: Names): Html {
  if (used) {
    const by = { name: used.by }
    const what = `<b>${escapeHtml(used.by)}</b> ${saidByDiscord(names)?.used} <span class="mention">/${escapeHtml(used.command)}</span>`
    return `<div class="above">${avatar(by)}<span>${what}</span></div>`
  }
  if (!replyTo) return ''
  const what = `<b>@${escapeHtml(replyTo.author.name)}</b> ${drawInline(replyTo.excerpt, names)}`
  return `<div class="above">${avatar(replyTo.author)}<span>${what}</span></div>`
}

/** Told apart by their colours, which stay the same for a name. */
const COLORS = ['#5865f2', '#3ba55c', '#faa61a', '#ed4245', '#eb459e', '#45b8c4']

function avatar({ name, isBot = false }: Author): Html {
  const number = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0)
  if (isBot) return '<span class="avatar bot">目</span>'
  const initial = escapeHtml([...name][0]?.toUpperCase() ?? '')
  return `<span class="avatar" style="background:${COLORS[number % COLORS.length]}">${initial}</span>`
}

function drawContent({ message }: MessageEntry, names: Names): Html {
  const { content, components = [], embeds = [], attachments: files = [], flags = 0 } = message
  const drawing: Drawing = { names, files }
  // Beside cards nothing else is shown: files appear where components name them.
  if (flags & MessageFlags.IsComponentsV2) return `<div class="cards">${drawComponents(components, drawing)}</div>`
  const text = content ? `<div class="text">${drawMarkdown(content, names)}</div>` : ''
  return (
    text +
    drawFiles(files, drawing) +
    embeds.map((e) => drawEmbed(e, names)).join('') +
    drawComponents(components, drawing)
  )
}

const SPOILER = /^SPOILER_/
const isPicture = ({ content_type: type, url }: ShownFile): boolean =>
  type?.startsWith('image/') === true || url.startsWith('data:image/')

function drawFiles(files: ShownFile[], drawing: Drawing): Html {
  const items = files
    .filter(isPicture)
    .map(({ url, filename }) => ({ media: { url }, spoiler: SPOILER.test(filename), description: filename }))
  const pictures = items.length > 0 ? drawComponents([{ type: ComponentType.MediaGallery, items }], drawing) : ''
  return (
    pictures +
    files
      .filter((file) => !isPicture(file))
      .map(drawFile)
      .join('')
  )
}

function drawEmbed(
  { title, description, color, fields = [], image, thumbnail, footer }: ShownEmbed,
  names: Names,
): Html {
  const accent = color === undefined ? '' : ` style="border-left-color:#${color.toString(16).padStart(6, '0')}"`
  const parts = [
    title ? `<h4>${drawInline(title, names)}</h4>` : '',
    description ? `<div class="text">${drawMarkdown(description, names)}</div>` : '',
    ...fields.map(
      (f) => `<h4>${drawInline(f.name, names)}</h4><div class="text">${drawMarkdown(f.value, names)}</div>`,
    ),
    ...[image, thumbnail].map((shown) => (shown ? `<img alt="" src="${escapeHtml(shown.url)}">` : '')),
    footer ? `<small>${escapeHtml(footer.text)}</small>` : '',
  ]
  return `<div class="card embed"${accent}>${parts.join('')}</div>`
}

function drawForm({ title, components }: FormEntry, names: Names): Html {
  const fields = components.map((field) => drawField(field, names))
  const buttons =
    '<div class="row"><button class="secondary">Cancel</button><button class="primary">Submit</button></div>'
  return `<article class="form"><h2>${escapeHtml(title)}</h2>${fields.join('')}${buttons}</article>`
}

function drawField({ label = '', description, component, content, components }: ShownComponent, names: Names): Html {
  if (content !== undefined) return `<div class="text">${drawMarkdown(content, names)}</div>`
  const input = component ?? components?.[0]
  const name = label || input?.label || ''
  const about = description ? `<small>${escapeHtml(description)}</small>` : ''
  const mark = input?.required === false ? '' : ' <em>*</em>'
  const isUpload = input?.type === ComponentType.FileUpload
  const box = isUpload ? '<div class="upload">⬆ Drop files here or <a>browse</a></div>' : drawInput(input)
  return `<label>${escapeHtml(name)}${mark}${about}${box}</label>`
}

const drawInput = (input: ShownComponent | undefined): Html =>
  `<div class="input${input?.value ? '' : ' empty'}">${escapeHtml(input?.value ?? input?.placeholder ?? '')}&nbsp;</div>`
