import type { Attachment, Embed, Message, MessageSnapshot } from 'discord.js'
import { covered, toUpload, type Upload } from '../uploads.ts'

/** A claim only: what a file really is, its bytes decide once it is downloaded. */
const PICTURE_NAME = /\.(jpe?g|jpe|jfif|pjpeg|pjp|png|apng|webp|gif|avif|heic|heif)$/i
const HAS_ENDING = /\.\w{1,5}$/
const UNTYPED = ['', 'application/octet-stream', 'binary/octet-stream']

/**
 * The pictures that a message shows: files, those of a message that it forwards, and links that Discord has opened.
 * @param isAsked somebody wants to know: animations from a picker and the previews of pages count, too
 */
export function picturesOf(message: Message, { isAsked }: { isAsked: boolean }): Upload[] {
  const forwarded = [...message.messageSnapshots.values()].flatMap((snapshot) => picturesIn(snapshot, isAsked))
  return [...picturesIn(message, isAsked), ...forwarded.map((upload) => ({ ...upload, forwarded: true }))]
}

function picturesIn({ attachments, embeds, content }: Message | MessageSnapshot, isAsked: boolean): Upload[] {
  const files = [...attachments.values()].filter(claimsToBePicture).map(toUpload)
  const links = embeds.flatMap((embed) => linkedPicture(embed, { content, isAsked }) ?? [])
  const addresses = new Set<string>()
  return [...files, ...links].filter(({ url }) => !addresses.has(url) && addresses.add(url))
}

function claimsToBePicture({ name, contentType }: Pick<Attachment, 'name' | 'contentType'>): boolean {
  const type = contentType ?? ''
  if (!UNTYPED.includes(type)) return type.startsWith('image/')
  return PICTURE_NAME.test(name) || !HAS_ENDING.test(name)
}

/** A picture that Discord itself serves: what a link points at is its sender's. */
function linkedPicture(
  { data, image, thumbnail }: Embed,
  { content, isAsked }: { content: string | null; isAsked: boolean },
): Upload | undefined {
  if (data.type !== 'image' && !isAsked) return undefined
  const shown = image ?? thumbnail
  if (!shown?.proxyURL) return undefined
  const name = nameIn(shown.url)
  const link = data.url ?? shown.url
  return { name: isCovered(content ?? '', link) ? covered(name) : name, url: shown.proxyURL, size: 0 }
}

function nameIn(address: string): string {
  const path = URL.parse(address)?.pathname ?? ''
  try {
    return decodeURIComponent(path.split('/').at(-1) ?? '') || 'link'
  } catch {
    return 'link'
  }
}

/** Whether a link stands between the bars of a spoiler. */
const isCovered = (content: string, link: string): boolean =>
  content.split('||').some((part, i, parts) => i % 2 === 1 && i < parts.length - 1 && part.includes(link))
