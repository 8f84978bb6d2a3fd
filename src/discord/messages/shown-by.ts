import type { Message } from 'discord.js'
import { isAgeRestricted } from '../age-restriction.ts'
import { parentOf } from '../member.ts'
import type { Post } from '../shown-posts.ts'
import type { Upload } from '../uploads.ts'

/** Pictures of a message, as they are remembered for corrections. Undefined: nobody can be asked whose they are. */
export const shownBy = ({ author, channel, channelId, guild, id }: Message, uploads: Upload[]): Post | undefined =>
  author.bot
    ? undefined
    : {
        poster: author.id,
        channel: channelId,
        parent: parentOf(channel),
        uploads,
        message: id,
        ageRestricted: isAgeRestricted(channel, guild),
      }
