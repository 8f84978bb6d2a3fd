import { randomUUID } from 'node:crypto'
import type { MessageContextMenuCommandInteraction, ModalSubmitInteraction } from 'discord.js'
import { UserError } from '../../errors.ts'
import { callerOf } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { findShown, POST_TTL_MS, postKey } from '../shown-posts.ts'
import { wordsFor } from '../words.ts'
import { addOrAsk } from './add-or-ask.ts'
import { type ComponentAction, encodeCustomId } from './custom-id.ts'
import { textForm } from './modals.ts'
import { requireLearningFromPosts, toPost } from './posted-pictures.ts'

/** Not a command of the registry: the form of "Label this picture" leads back here. */
const LABEL_POST = 'label-post'
export const isLabelPostAction = ({ command }: ComponentAction): boolean => command === LABEL_POST

/** "Label this picture" in the menu of a message: asks for the label with a form. */
export async function askForLabel(bot: BotContext, from: MessageContextMenuCommandInteraction): Promise<void> {
  requireLearningFromPosts(await callerOf(bot, from))
  const post = toPost(from.targetMessage)
  const key = randomUUID()
  await bot.app.ttlStore.set(postKey(key), post, POST_TTL_MS)
  const customId = await encodeCustomId(bot.app, 'do', { command: LABEL_POST, options: { key } })
  await from.showModal(textForm(customId, wordsFor(from.locale)))
}

/** Its form was submitted: adds the pictures to the label, or asks their poster first. */
export async function labelPost(
  bot: BotContext,
  from: ModalSubmitInteraction,
  { action, label }: { action: ComponentAction; label: string },
): Promise<void> {
  const post = await findShown(bot.app.ttlStore, String(action.options.key))
  if (!post) throw new UserError('choice.expired', 'Expected a post of today, received an older one')
  await addOrAsk(bot, from, { post, label, command: 'label' })
}
