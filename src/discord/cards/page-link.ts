import { ButtonBuilder, ButtonStyle } from 'discord.js'
import type { Result } from '../../commands/define.ts'
import { NO_SERVER } from '../../db/datasets.ts'
import type { Words } from '../../locales/words.ts'
import { datasetFor } from '../../services/settings.ts'
import type { Caller } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { addButtons } from './button-rows.ts'
import type { CardMessage } from './card.ts'

/** Where the page shows more about a result than fits a card. */
const PAGES: Partial<Record<Result['key'], string>> = {
  added: 'gallery',
  moved: 'gallery',
  labels: 'labels',
  suspects: 'review',
  review: 'review',
  reviewBatch: 'review',
  reported: 'review',
  stats: 'model',
  trained: 'model',
  versions: 'model',
  datasets: 'manage',
  settings: 'manage',
  audit: 'manage',
}
/** Characters of an address of a button: Discord's limit. */
const MAX_ADDRESS = 512

type About = { caller: Caller; results: readonly Result[]; words: Words }

/** The same message with a button that opens the page, where there is one that shows more. */
export function withPageLink(bot: BotContext, message: CardMessage, about: About): CardMessage {
  const address = addressOf(bot, about)
  if (address === undefined || address.length > MAX_ADDRESS) return message
  const link = new ButtonBuilder().setStyle(ButtonStyle.Link).setLabel(about.words.openPage).setURL(address)
  return addButtons(message, [link])
}

function addressOf({ pageUrl }: BotContext, { caller, results }: About): string | undefined {
  const { server, channel, parent, settings } = caller
  const result = results.find(({ key }) => key in PAGES)
  if (pageUrl === undefined || server === NO_SERVER || !result) return undefined
  const place = [server, datasetFor(settings, channel, parent), PAGES[result.key] ?? ''].map(encodeURIComponent)
  const label = result.key === 'added' || result.key === 'moved' ? result.values.label : undefined
  const query = label === undefined ? '' : `?${new URLSearchParams({ label })}`
  return `${pageUrl}/${place.join('/')}${query}`
}
