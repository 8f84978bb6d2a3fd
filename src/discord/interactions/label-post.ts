import { randomUUID } from 'node:crypto'
import { type MessageContextMenuCommandInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js'
import { UserError } from '../../errors.ts'
import { callerOf } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { describeError } from '../describe-error.ts'
import { wordsFor } from '../words.ts'
import { type ComponentAction, encodeCustomId } from './custom-id.ts'
import { textForm } from './modals.ts'
import { consentQuestion } from './post-consent.ts'
import { addPost, POST_TTL_MS, Post, requireLearningFromPosts, toPost } from './posted-pictures.ts'
import { respond } from './respond.ts'

/** Not a command of the registry: the form of "Label this picture" leads back here. */
const LABEL_POST = 'label-post'
export const isLabelPostAction = ({ command }: ComponentAction): boolean => command === LABEL_POST

const storeKey = (key: unknown): string => `post:${key}`

/** "Label this picture" in the menu of a message: asks for the label with a form. */
export async function askForLabel(bot: BotContext, from: MessageContextMenuCommandInteraction): Promise<void> {
  requireLearningFromPosts(await callerOf(bot, from))
  const post = toPost(from.targetMessage)
  if (post.uploads.length === 0) throw new UserError('picture.missing', 'Expected a message with a picture')
  const key = randomUUID()
  await bot.app.ttlStore.set(storeKey(key), post, POST_TTL_MS)
  const customId = await encodeCustomId(bot.app, 'do', { command: LABEL_POST, options: { key } })
  await from.showModal(textForm(customId, wordsFor(from.locale)))
}

/** Its form was submitted: adds the pictures to the label, or asks their poster first. */
export async function labelPost(
  bot: BotContext,
  from: ModalSubmitInteraction,
  { action, label }: { action: ComponentAction; label: string },
): Promise<void> {
  const { data: post } = Post.safeParse(await bot.app.ttlStore.get(storeKey(action.options.key)))
  if (!post) throw new UserError('choice.expired', 'Expected a post of today, received an older one')
  if (post.poster === from.user.id)
    return respond(bot, from, {
      async run(caller) {
        requireLearningFromPosts(caller)
        return addPost(bot, caller, { post, label })
      },
    })
  const words = wordsFor(from.locale)
  try {
    const caller = await callerOf(bot, from)
    requireLearningFromPosts(caller)
    await from.reply(await consentQuestion(bot, caller, { post, label, words }))
  } catch (error) {
    await from.reply({ content: describeError(bot, error, words), flags: MessageFlags.Ephemeral })
  }
}
