import { type Message, MessageFlags, type MessageSnapshot } from 'discord.js'

/** What people show that is no picture to read. The catalogue says why of each (`notPictures`). */
type NotPicture = 'sticker' | 'poll' | 'voice' | 'video' | 'sound' | 'file' | 'link' | 'role'

const LINK = /https?:\/\//i

/** Whether Discord may still open a link of it: what it finds comes with an edit of the message. */
export const mayUnfurl = ({ content, embeds }: Message): boolean => LINK.test(content) && embeds.length === 0

/** What a message shows in the place of a picture; undefined: only words. */
export function whyNoPicture(message: Message): NotPicture | undefined {
  const { poll, messageSnapshots } = message
  for (const shown of [message, ...messageSnapshots.values()]) {
    const found = inOne(shown)
    if (found) return found
  }
  if (poll) return 'poll'
  return LINK.test(message.content) ? 'link' : undefined
}

function inOne({ attachments, stickers, flags }: Message | MessageSnapshot): NotPicture | undefined {
  if (flags.has(MessageFlags.IsVoiceMessage)) return 'voice'
  if (stickers.size > 0) return 'sticker'
  const types = [...attachments.values()].map(({ contentType }) => contentType ?? '')
  if (types.some((type) => type.startsWith('video/'))) return 'video'
  if (types.some((type) => type.startsWith('audio/'))) return 'sound'
  return types.length > 0 ? 'file' : undefined
}
