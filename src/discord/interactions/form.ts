import type { ModalSubmitInteraction } from 'discord.js'
import type { BotContext } from '../context.ts'
import { decodeCustomId, fillIn } from './custom-id.ts'
import { handedOver } from './handed-over.ts'
import { isLabelPostAction, labelPost } from './label-post.ts'
import { readForm } from './modals.ts'
import { respondWithAction } from './run-action.ts'

export async function onForm(bot: BotContext, from: ModalSubmitInteraction): Promise<void> {
  const { action } = await decodeCustomId(bot.app, from.customId)
  const { label, pictures } = readForm(from, bot.serving.mediaHosts)
  if (isLabelPostAction(action)) return labelPost(bot, from, { action, label })
  const filled = action.command === 'label' ? fillIn({ ...action, fill: 'label' }, label) : fillIn(action, label)
  await respondWithAction(bot, from, { action: filled, pictures, shown: handedOver(from, pictures) })
}
