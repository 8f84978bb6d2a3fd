import { ActionRowBuilder, ButtonBuilder, ContainerBuilder } from 'discord.js'
import type { CardMessage, Row } from './card.ts'

/** Side by side: Discord's limit. */
const MAX_BUTTONS = 5

/** Rows with further buttons: beside those of the last one where there is room, and below it otherwise. */
export function withButtons(rows: readonly Row[], buttons: readonly ButtonBuilder[]): Row[] {
  const last = rows.at(-1)
  if (last && hasRoom(last, buttons.length)) {
    const joined = new ActionRowBuilder<ButtonBuilder>().addComponents(...buttonsOf(last), ...buttons)
    return [...rows.slice(0, -1), joined]
  }
  return [...rows, new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons)]
}

/** A message with further buttons below what it says: in its card, or below its lists. */
export function addButtons<M extends CardMessage>(message: M, buttons: readonly ButtonBuilder[]): M {
  const { components } = message
  const last = components.at(-1)
  if (!(last instanceof ContainerBuilder))
    return { ...message, components: [...components.slice(0, -1), ...withButtons(last ? [last] : [], buttons)] }
  const below = last.components.at(-1)
  if (below instanceof ActionRowBuilder) last.spliceComponents(-1, 1, ...withButtons([below], buttons))
  else last.addActionRowComponents(...withButtons([], buttons))
  return message
}

const buttonsOf = (row: Row): ButtonBuilder[] => row.components.filter((c) => c instanceof ButtonBuilder)

const hasRoom = (row: Row, more: number): boolean => {
  const buttons = buttonsOf(row).length
  return buttons > 0 && buttons === row.components.length && buttons + more <= MAX_BUTTONS
}
