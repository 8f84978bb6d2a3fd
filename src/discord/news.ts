import { PermissionFlagsBits, type SendableChannels } from 'discord.js'
import type { Choice } from '../commands/define.ts'
import { endNews, listServersWithNews, type TakenNews, type ToldNews, takeNews } from '../db/news.ts'
import type { Words } from '../locales/words.ts'
import { isAllowed } from '../services/permissions.ts'
import { datasetFor, readSettings, type Settings } from '../services/settings.ts'
import type { Caller } from './caller.ts'
import { card, privately } from './cards/card.ts'
import type { BotContext } from './context.ts'
import { choiceRows } from './interactions/choice-rows.ts'
import type { RepliableInteraction } from './interactions/repliable.ts'
import { parentOf } from './member.ts'
import { wordsIn } from './words.ts'

/** Between looks for news that could not be told, and for those of other processes. */
const LOOK_MS = 60_000

/** Posts news in the channels that managers chose, as they come, and those that waited while the bot did not run. */
export function startNews(bot: BotContext): { stop(): void } {
  const { events } = bot.app
  const tellSoon = (server: string): void => {
    if (!bot.isStopping) bot.tasks.track('news', tellInChannel(bot, server))
  }
  const look = (): void => {
    if (!bot.isStopping) bot.tasks.track('news', tellEverywhere(bot))
  }
  events.on('newsAdded', tellSoon).on('settingsChanged', tellSoon)
  const timer = setInterval(look, LOOK_MS)
  look()
  return {
    stop() {
      clearInterval(timer)
      events.off('newsAdded', tellSoon).off('settingsChanged', tellSoon)
    },
  }
}

async function tellEverywhere(bot: BotContext): Promise<void> {
  // Others are those of other connections.
  for (const server of await listServersWithNews(bot.app.db))
    if (bot.client.guilds.cache.has(server)) await tellInChannel(bot, server)
}

async function tellInChannel(bot: BotContext, server: string): Promise<void> {
  const settings = await readSettings(bot.app.db, server)
  const channel = newsChannel(bot, settings)
  if (!channel) return
  const news = await takeNews(bot.app.db, server)
  if (!news) return
  const { pieces } = news
  const words = wordsIn(settings, bot.client.guilds.cache.get(server)?.preferredLocale)
  // Should the answer to it be lost, Discord takes no second one.
  const nonce = { nonce: `news-${pieces[0]?.id}`, enforceNonce: true }
  const dataset = datasetFor(settings, channel.id, parentOf(channel))
  await deliver(bot, news, async () => channel.send({ ...(await newsCard(bot, pieces, { words, dataset })), ...nonce }))
}

/** The channel that managers chose, where the bot may write there. */
function newsChannel({ client }: BotContext, { news }: Settings): SendableChannels | undefined {
  const channel = news === undefined ? undefined : client.channels.cache.get(news)
  if (!channel?.isSendable() || channel.isDMBased()) return undefined
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]
  return channel.permissionsFor(client.user)?.has(needed) ? channel : undefined
}

/** A call of another process knows few channels: its gateway tells news in theirs. */
const hasUnknownChannel = ({ call, client }: BotContext, { news }: Settings): boolean =>
  call !== undefined && news !== undefined && !client.channels.cache.has(news)

/** Where there is no channel for news, a manager is told with what they asked for, once and alone. */
export async function tellPrivately(
  bot: BotContext,
  from: RepliableInteraction,
  { caller: { server, person, channel, parent }, words }: { caller: Caller; words: Words },
): Promise<void> {
  if (!from.guildId) return
  try {
    // It may have been the channel that was changed, or who manages.
    const settings = await readSettings(bot.app.db, server)
    if (!isAllowed(settings, person, 'manager') || newsChannel(bot, settings) || hasUnknownChannel(bot, settings))
      return
    const news = await takeNews(bot.app.db, server)
    if (!news) return
    const dataset = datasetFor(settings, channel, parent)
    await deliver(bot, news, async () => from.followUp(privately(await newsCard(bot, news.pieces, { words, dataset }))))
  } catch (err) {
    // What they asked for is answered already.
    bot.log.error({ err }, 'news cannot be read')
  }
}

/** @param about `dataset`: that of where it is told. Buttons are about no other */
async function newsCard({ app }: BotContext, news: readonly ToldNews[], about: { words: Words; dataset: string }) {
  const { words, dataset } = about
  const choices = news.filter((piece) => piece.dataset === dataset).flatMap(choicesFor)
  const said = { headline: words.newsTitle, lines: news.map(words.news) }
  return card(said, 'neutral', await choiceRows(app, choices, words))
}

function choicesFor(piece: ToldNews): Choice[] {
  switch (piece.kind) {
    case 'held-back':
      return [{ key: 'activate', command: 'rollback', options: { version: String(piece.version) } }]
    case 'many-suspects':
      return [{ key: 'review', command: 'review', options: {} }]
    case 'training-failed':
      return [{ key: 'train', command: 'train', options: {} }]
  }
}

/** Told first and marked then: what a process that dies between has told is told again, and Discord drops it in a channel. */
async function deliver({ app, log }: BotContext, news: TakenNews, send: () => Promise<unknown>) {
  let isTold = true
  try {
    await send()
  } catch (err) {
    log.warn({ err }, 'news not delivered')
    isTold = false
  }
  await endNews(app.db, { ...news, isTold })
}
