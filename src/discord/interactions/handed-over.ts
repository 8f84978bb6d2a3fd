import { isAgeRestricted } from '../age-restriction.ts'
import { parentOf } from '../member.ts'
import type { Post } from '../shown-posts.ts'
import type { UploadedSource } from '../uploads.ts'
import type { RepliableInteraction } from './repliable.ts'

/** What was given to a command or its form: no message shows it. */
export const handedOver = (from: RepliableInteraction, pictures: UploadedSource[]): Post => ({
  poster: from.user.id,
  channel: from.channelId ?? '',
  parent: parentOf(from.channel),
  uploads: pictures.map(({ upload }) => upload),
  handedOver: true,
  ageRestricted: isAgeRestricted(from.channel, from.guild),
})
