import type { Message } from 'discord.js'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { requireAccess } from '../../services/permissions.ts'
import type { Caller } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { readRepliedTo } from '../messages/addressing.ts'
import { shownBy } from '../messages/shown-by.ts'
import { picturesOf } from '../messages/shown-pictures.ts'
import { runCommand, type Waiting } from '../run-command.ts'
import type { Post } from '../shown-posts.ts'
import { hasExpired, isSameFile, toSource, type Upload } from '../uploads.ts'

/**
 * What a message shows, to be added to a label. Throws UserError picture.missing, posts.forwarded: nobody can be asked
 * whose it is
 */
export function toPost(message: Message): Post {
  const shown = picturesOf(message, { isAsked: true })
  if (shown.length === 0) throw new UserError('picture.missing', 'Expected a message with a picture')
  const uploads = shown.filter(({ forwarded }) => !forwarded)
  if (uploads.length === 0)
    throw new UserError('posts.forwarded', 'Expected a picture of the one who posted it, received a forwarded one')
  const post = shownBy(message, uploads)
  if (!post) throw new UserError('posts.forwarded', 'Expected a picture that a person posted, received one of a bot')
  return post
}

/** Posted pictures may be added only where the owner of the server said so. Throws UserError access.denied, posts.off */
export function requireLearningFromPosts({ settings, person }: Caller): void {
  requireAccess(settings, person, 'teacher')
  if (!settings.learnFromPosts)
    throw new UserError('posts.off', 'Expected a picture that was handed over, received a posted one')
}

/** The same, and what was given to a command may be added everywhere. Throws UserError access.denied, posts.off */
export function requireMayAdd(caller: Caller, post: Post): void {
  if (post.handedOver) requireAccess(caller.settings, caller.person, 'teacher')
  else requireLearningFromPosts(caller)
}

/** `command`: `label`, or `teach` where an answer was corrected. */
type Addition = {
  post: Post
  label: string
  command?: 'label' | 'teach'
  onProgress?: (progress: Progress | Waiting) => void
}

/** Adds what somebody showed. What is somebody else's, who agreed, is recorded as theirs, too. */
export async function addPost(
  bot: BotContext,
  caller: Caller,
  { post, label, command = 'label', onProgress }: Addition,
) {
  const poster = post.poster === caller.person.id ? undefined : post.poster
  const uploads = await currentUploads(bot, post)
  const pictures = uploads.map((upload) => ({ ...toSource(upload, bot.serving.mediaHosts), poster }))
  // Where it was shown counts, not where somebody agrees.
  const where = post.ageRestricted === undefined ? caller : { ...caller, ageRestricted: post.ageRestricted }
  return runCommand(bot, where, { command, options: { label }, pictures, ...(onProgress && { onProgress }) })
}

/** Addresses expire; those of a message that is still there are read anew. */
async function currentUploads({ client, log }: BotContext, { channel, message, uploads }: Post): Promise<Upload[]> {
  if (message === undefined || !uploads.some(hasExpired)) return uploads
  try {
    const place = await client.channels.fetch(channel)
    if (!place?.isTextBased()) return uploads
    const found = picturesOf(await place.messages.fetch({ message, force: true }), { isAsked: true })
    return uploads.map((upload) => found.find((other) => isSameFile(upload, other)) ?? upload)
  } catch (err) {
    log.info({ err, channel }, 'the message of a picture cannot be read anymore')
    return uploads
  }
}

/**
 * The post that `@Mekiki label X` is about: the message itself, or the one that it replies to if it has no pictures.
 * Throws UserError access.denied, posts.off, posts.forwarded, picture.missing
 */
export async function postToLabel(bot: BotContext, caller: Caller, message: Message): Promise<Post> {
  requireLearningFromPosts(caller)
  if (picturesOf(message, { isAsked: true }).length > 0) return toPost(message)
  let repliedTo = await readRepliedTo(message)
  // The picture that the bot had answered is meant, not the answer.
  if (repliedTo?.author.id === bot.client.user.id) repliedTo = await readRepliedTo(repliedTo)
  if (!repliedTo) throw new UserError('picture.missing', 'Expected a picture, or a reply to one')
  return toPost(repliedTo)
}
