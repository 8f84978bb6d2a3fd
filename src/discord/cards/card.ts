import {
  type ActionRowBuilder,
  AttachmentBuilder,
  ContainerBuilder,
  FileBuilder,
  MediaGalleryBuilder,
  type MessageActionRowComponentBuilder,
  MessageFlags,
  SectionBuilder,
  SeparatorBuilder,
  TextDisplayBuilder,
  ThumbnailBuilder,
} from 'discord.js'
import type { Tone } from '../../commands/tone.ts'
import { type Answer, answerText } from '../../locales/answer.ts'
import { cutText } from '../cut-text.ts'
import { COLORS } from './colors.ts'

/** Discord's limits: characters in all texts of a message, and of what is read out in place of a picture. */
const MAX_TEXT = 4_000
const MAX_DESCRIPTION = 256

/** Buttons side by side, or a list. */
export type Row = ActionRowBuilder<MessageActionRowComponentBuilder>

/** A message as Discord takes it: cards, and nothing beside them. */
export type CardMessage = {
  components: (ContainerBuilder | Row)[]
  files: AttachmentBuilder[]
  flags: MessageFlags.IsComponentsV2
}

type CardFile = { name: string; bytes: Uint8Array }
/** `name`: unique within a message. `description`: read out to those who do not see it. */
export type Picture = CardFile & { isSpoiler?: boolean; description?: string }

type CardParts = {
  tone: Tone
  /** Markdown; a line is drawn between the first and the others. */
  texts: readonly string[]
  /** Small, beside the first text. */
  thumbnail?: Picture | undefined
  pictures?: readonly Picture[]
  files?: readonly CardFile[]
  rows?: readonly Row[]
}

/** A text of the bot itself: a question, a mistake, progress. */
export function card(said: Answer | string, tone: Tone = 'neutral', rows: readonly Row[] = []): CardMessage {
  const text = typeof said === 'string' ? said : answerText({ ...said, headline: `### ${said.headline}` })
  return toMessage([layOut({ tone, texts: [cutText(text, MAX_TEXT)], rows })], [])
}

/** One card. */
export function layOut({ tone, texts, thumbnail, pictures = [], files = [], rows = [] }: CardParts): ContainerBuilder {
  const [first = '', ...others] = texts
  const container = new ContainerBuilder().setAccentColor(COLORS[tone])
  if (thumbnail) container.addSectionComponents(beside(first, thumbnail))
  else container.addTextDisplayComponents(textDisplay(first))
  if (pictures.length > 0) container.addMediaGalleryComponents(gallery(pictures))
  if (others.length > 0) container.addSeparatorComponents(new SeparatorBuilder())
  for (const text of others) container.addTextDisplayComponents(textDisplay(text))
  for (const { name } of files) container.addFileComponents(new FileBuilder().setURL(`attachment://${name}`))
  if (rows.length > 0) container.addActionRowComponents(...rows)
  return container
}

export const toMessage = (
  components: CardMessage['components'],
  attached: readonly (CardFile | Picture)[],
): CardMessage => ({
  components,
  files: attached.map(({ name, bytes }) => new AttachmentBuilder(Buffer.from(bytes), { name })),
  flags: MessageFlags.IsComponentsV2,
})

/** The same for the one who asked alone. */
export const privately = (message: CardMessage) => ({
  ...message,
  flags: [MessageFlags.IsComponentsV2, MessageFlags.Ephemeral] as const,
})

/** The same in the place of an older message: whatever that one showed goes, also what messages had before there were cards. */
export const inPlace = (message: CardMessage) => ({ ...message, content: null, embeds: [], attachments: [] })

const textDisplay = (content: string): TextDisplayBuilder => new TextDisplayBuilder().setContent(content)

const gallery = (pictures: readonly Picture[]): MediaGalleryBuilder =>
  new MediaGalleryBuilder().addItems(
    pictures.map((picture) => ({ ...media(picture), spoiler: picture.isSpoiler ?? false })),
  )

const beside = (text: string, picture: Picture): SectionBuilder =>
  new SectionBuilder()
    .addTextDisplayComponents(textDisplay(text))
    .setThumbnailAccessory(new ThumbnailBuilder({ ...media(picture), spoiler: picture.isSpoiler ?? false }))

function media({ name, description }: Picture) {
  const shown = { media: { url: `attachment://${name}` } }
  return description ? { ...shown, description: cutText(description, MAX_DESCRIPTION) } : shown
}
