import { randomUUID } from 'node:crypto'
import { ButtonBuilder, ButtonStyle } from 'discord.js'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'
import { type CardMessage, layOut, toMessage } from './card.ts'
import { neighbours, pageRow } from './page-row.ts'

/** How long the rest of an answer that cannot be asked for again can be read. */
const DETAILS_TTL_MS = 24 * 3600_000

const Details = z.object({ pages: z.array(z.array(z.string())).min(1) })

const storeKey = (key: string): string => `details:${key}`

const DETAILS_ID = /^details\|(?:(\d+)\|)?([\w-]+)$/
export const isDetailsId = (customId: string): boolean => DETAILS_ID.test(customId)

/** A button that shows the rest of an answer to the one who presses it. @param pages texts of each */
export async function detailsButton({ ttlStore }: App, pages: string[][], words: Words): Promise<ButtonBuilder> {
  const key = randomUUID()
  await ttlStore.set(storeKey(key), { pages }, DETAILS_TTL_MS)
  return new ButtonBuilder().setCustomId(`details|${key}`).setLabel(words.details).setStyle(ButtonStyle.Secondary)
}

/** `isFirst`: it was not a page of the details that was turned. Throws UserError choice.expired */
export async function readDetails(
  { ttlStore }: App,
  customId: string,
): Promise<{ message: CardMessage; isFirst: boolean }> {
  const [, page, key = ''] = DETAILS_ID.exec(customId) ?? []
  const { data } = Details.safeParse(await ttlStore.get(storeKey(key)))
  const position = { number: Number(page ?? 1), of: data?.pages.length ?? 0 }
  const texts = data?.pages[position.number - 1]
  if (!texts) throw new UserError('choice.expired', 'Expected details of today, received older ones')
  const ids = neighbours(position).map((number) => `details|${number}|${key}`)
  const rows = position.of > 1 ? [pageRow(position, ids)] : []
  return { message: toMessage([layOut({ tone: 'neutral', texts, rows })], []), isFirst: page === undefined }
}
