import type { Message } from 'discord.js'
import { z } from 'zod'
import { UserError } from '../../errors.ts'
import { requireAccess } from '../../services/permissions.ts'
import type { Caller } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { runCommand } from '../run-command.ts'
import { toSource, Upload, uploadsOf } from '../uploads.ts'

/** How long a post waits for a label or for its poster's yes: the addresses of its pictures hold about a day. */
export const POST_TTL_MS = 20 * 3600_000

/** A posted message whose pictures may become examples. `parent`: the channel that a thread belongs to. */
export const Post = z.object({
  poster: z.string(),
  channel: z.string(),
  parent: z.string().nullable(),
  uploads: z.array(Upload),
})
export type Post = z.infer<typeof Post>

export const toPost = (message: Message): Post => ({
  poster: message.author.id,
  channel: message.channelId,
  parent: parentOf(message.channel),
  uploads: uploadsOf(message),
})

/** Posted pictures may be added only where the owner of the server said so. Throws UserError access.denied, posts.off */
export function requireLearningFromPosts({ settings, person }: Caller): void {
  requireAccess(settings, person, 'teacher')
  if (!settings.learnFromPosts)
    throw new UserError('posts.off', 'Expected a picture that was handed over, received a posted one')
}

/** Adds the pictures of a post. Those of somebody else, who agreed, are recorded as theirs, too. */
export function addPost(bot: BotContext, caller: Caller, { post, label }: { post: Post; label: string }) {
  const poster = post.poster === caller.person.id ? undefined : post.poster
  const pictures = post.uploads.map((upload) => ({ ...toSource(upload, bot.serving.mediaHosts), poster }))
  return runCommand(bot, caller, { command: 'label', options: { label }, pictures })
}

/**
 * The post that `@Mekiki label X` is about: the message itself, or the one that it replies to if it has no pictures.
 * Throws UserError access.denied, posts.off, picture.missing
 */
export async function postToLabel(caller: Caller, message: Message): Promise<Post> {
  requireLearningFromPosts(caller)
  const own = toPost(message)
  if (own.uploads.length > 0) return own
  const repliedTo = await readRepliedTo(message)
  const theirs = repliedTo && toPost(repliedTo)
  if (!theirs || theirs.uploads.length === 0)
    throw new UserError('picture.missing', 'Expected a picture, or a reply to one')
  return theirs
}

/** Undefined: it replies to nothing, or to what is gone or must not be read. */
const readRepliedTo = (message: Message): Promise<Message | undefined> =>
  message.reference ? message.fetchReference().catch(() => undefined) : Promise.resolve(undefined)
