import {
  ChannelType,
  type ChatInputCommandInteraction,
  GuildMember,
  PermissionFlagsBits,
  type TextBasedChannel,
} from 'discord.js'
import { z } from 'zod'
import { UserError } from '../../errors.ts'
import { isAgeRestricted } from '../age-restriction.ts'
import type { Caller } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { shownBy } from '../messages/shown-by.ts'
import { picturesOf } from '../messages/shown-pictures.ts'
import type { Post } from '../shown-posts.ts'
import { hasExpired, type Upload } from '../uploads.ts'

/** `shown`: undefined where nobody can be asked whose they are. */
type Linked = { uploads: Upload[]; shown: Post | undefined }

const MESSAGE_LINK = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/(\d+)\/(\d+)\/(\d+)\/?$/

/**
 * The pictures behind a link: those of a message that the person may read, or a file that Discord serves itself.
 * Throws UserError link.not-visible, picture.missing, and those of downloads
 */
export async function linkedPictures(
  bot: BotContext,
  from: ChatInputCommandInteraction,
  { caller, link }: { caller: Caller; link: string },
): Promise<Linked> {
  const [, server, channel = '', message = ''] = MESSAGE_LINK.exec(link.trim()) ?? []
  if (server === undefined) return { uploads: [await fileAt(bot, link.trim())], shown: undefined }
  const place = server === from.guildId ? await readableChannel(bot, from, channel) : undefined
  // What only adults may look at is not shown elsewhere by its link.
  const isElsewhere = place && isAgeRestricted(place, from.guild) !== false && caller.ageRestricted !== true
  const found = place && !isElsewhere ? await place.messages.fetch(message).catch(() => undefined) : undefined
  if (!found) throw new UserError('link.not-visible', 'Expected a message of this server that they may read')
  const uploads = picturesOf(found, { isAsked: true })
  if (uploads.length === 0) throw new UserError('picture.missing', 'Expected a message with a picture')
  return { uploads, shown: shownBy(found, uploads) }
}

/** Undefined: it is not there, or the person may not read it. */
async function readableChannel(
  { client }: BotContext,
  { guildId, member, channelId }: ChatInputCommandInteraction,
  id: string,
): Promise<TextBasedChannel | undefined> {
  const channel = await client.channels.fetch(id).catch(() => null)
  if (!channel?.isTextBased() || channel.isDMBased() || channel.guildId !== guildId) return undefined
  if (channel.id === channelId) return channel
  const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits
  const mayRead = member instanceof GuildMember && channel.permissionsFor(member).has([ViewChannel, ReadMessageHistory])
  // Who is in a private thread is not in its permissions.
  return mayRead && channel.type !== ChannelType.PrivateThread ? channel : undefined
}

const Refreshed = z.object({ refreshed_urls: z.array(z.object({ refreshed: z.string() })) })

/** A file by its address: Discord signs it anew where it has expired. What is not Discord's is refused when it is read. */
async function fileAt({ client, log }: BotContext, url: string): Promise<Upload> {
  const path = URL.parse(url)?.pathname ?? ''
  const upload: Upload = { name: path.split('/').at(-1) || 'link', url, size: 0, forwarded: true }
  if (!hasExpired(upload)) return upload
  try {
    const body = { attachment_urls: [url] }
    const [found] = Refreshed.parse(await client.rest.post('/attachments/refresh-urls', { body })).refreshed_urls
    return { ...upload, url: found?.refreshed ?? url }
  } catch (err) {
    log.info({ err }, 'an address could not be refreshed')
    return upload
  }
}
