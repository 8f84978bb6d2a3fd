import type { ChatInputCommandInteraction } from 'discord.js'
import type { BotContext } from '../context.ts'
import { wordsFor } from '../words.ts'
import { requireAdmission } from './admission.ts'
import { encodeCustomId } from './custom-id.ts'
import { labelForm } from './modals.ts'
import type { ComponentInteraction } from './repliable.ts'

/** Asks whoever may teach for pictures, and for their label, which may be filled in. Throws UserError access.denied */
export async function showLabelForm(
  bot: BotContext,
  from: ChatInputCommandInteraction | ComponentInteraction,
  label: string,
): Promise<void> {
  const command = await bot.commands.find('label', 'discord')
  await requireAdmission(bot, from, { command, pictures: 1 })
  const customId = await encodeCustomId(bot.app, 'do', { command: 'label', options: {} })
  await from.showModal(labelForm(customId, wordsFor(from.locale), label))
}
