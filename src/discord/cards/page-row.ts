import { ActionRowBuilder, ButtonBuilder, ButtonStyle } from 'discord.js'
import type { Row } from './card.ts'

export type Position = { number: number; of: number }

/** `◀ 2/5 ▶`. @param ids of the three: one of the page before, one of this page, one of the next */
export function pageRow({ number, of }: Position, ids: readonly string[]): Row {
  const [back = '', here = '', forth = ''] = ids
  return new ActionRowBuilder<ButtonBuilder>().addComponents(
    button(back, '◀').setDisabled(number <= 1),
    button(here, `${number}/${of}`).setDisabled(true),
    button(forth, '▶').setDisabled(number >= of),
  )
}

/** The pages that the three buttons lead to. */
export const neighbours = ({ number }: Position): number[] => [number - 1, number, number + 1]

const button = (id: string, label: string): ButtonBuilder =>
  new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Secondary)
