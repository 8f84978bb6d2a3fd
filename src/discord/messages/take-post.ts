import type { Message } from 'discord.js'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { picturesMeant } from './addressing.ts'
import type { Addressing, PendingPost } from './pending-post.ts'

/** What there is to answer of a message, as it is now. */
export async function readPost(bot: BotContext, message: Message, call: Addressing): Promise<PendingPost> {
  const { uploads, shownBy } = await picturesMeant(bot, message)
  return {
    call,
    uploads,
    locale: message.guild?.preferredLocale ?? null,
    parent: parentOf(message.channel),
    // Nobody can be asked about what a bot posted.
    ...(!shownBy.author.bot && { shownBy: { poster: shownBy.author.id, message: shownBy.id } }),
  }
}
