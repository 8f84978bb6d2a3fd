import { PermissionFlagsBits as May, type Message } from 'discord.js'
import type { Result } from '../../commands/define.ts'
import { endMessage, openMessages, takeMessage } from '../../db/messages.ts'
import { UserError } from '../../errors.ts'
import { wordsFor } from '../../locales/languages.ts'
import type { Words } from '../../locales/words.ts'
import { readSettings } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { toSource, type Upload, uploadsOf } from '../interactions/options.ts'
import { labelOwnPost } from '../interactions/post-consent.ts'
import { describeErrorTo } from '../interactions/respond.ts'
import { memberOf, parentOf, wordsOf } from '../member.ts'
import { findServer } from '../messages/dm-server.ts'
import { react, sendReply } from '../messages/send.ts'
import { render } from '../render.ts'
import { type Place, runCommand } from '../run-command.ts'

/** How a message concerns the program. */
type Call = 'direct' | 'mention' | 'watched'
/** What a restart needs to answer all the same. */
type Work = { call: Call; uploads: Upload[]; locale: string | null; parent: string | null }

/** A posted message: answered once, where it is meant for the program or stands in a watched channel. */
export async function onMessage(bot: BotContext, message: Message): Promise<void> {
  if (message.author.bot || message.system || message.webhookId || bot.isStopping) return
  const call = await howCalled(bot, message)
  if (!call) return
  const uploads = uploadsMeant(bot, message)
  const isAsked = call === 'direct' || isNamed(bot.client.user.id, message)
  if (uploads.length === 0 && !isAsked) return
  const locale = message.guild?.preferredLocale ?? null
  const work: Work = { call, uploads, locale, parent: parentOf(message.channel) }
  const { id, channelId: channel } = message
  const isNew = await takeMessage(bot.app.db, {
    id,
    channel,
    server: message.guildId ?? '',
    work: JSON.stringify(work),
  })
  if (isNew) await answerMessage(bot, message, work)
}

/** What a process that stopped had taken and not answered. Discord itself drops an answer that was sent already. */
export async function resumeMessages(bot: BotContext): Promise<void> {
  for (const { id, channel, work } of await openMessages(bot.app.db)) {
    const place = await bot.client.channels.fetch(channel).catch(() => null)
    const message = place?.isTextBased() ? await place.messages.fetch(id).catch(() => null) : null
    if (message) await answerMessage(bot, message, JSON.parse(work))
    else await endMessage(bot.app.db, id)
  }
}

async function howCalled({ app, client }: BotContext, message: Message): Promise<Call | undefined> {
  if (!message.guildId) return 'direct'
  if (message.mentions.has(client.user, { ignoreEveryone: true, ignoreRoles: true })) return 'mention'
  if (message.attachments.size === 0) return undefined
  const { watched } = await readSettings(app.db, message.guildId)
  const parent = parentOf(message.channel)
  return watched.includes(message.channelId) || (parent && watched.includes(parent)) ? 'watched' : undefined
}

/** Its own pictures; where it calls by name, those of the message that it replies to. */
function uploadsMeant({ client }: BotContext, message: Message): Upload[] {
  const replied = message.channel.messages.cache.get(message.reference?.messageId ?? '')
  const isAbout = replied && isNamed(client.user.id, message) && replied.author.id !== client.user.id
  const own = uploadsOf(message)
  return own.length === 0 && isAbout ? uploadsOf(replied) : own
}

/** A reply mentions whom it replies to; this is a mention that somebody wrote. */
const isNamed = (id: string, { content }: Message): boolean =>
  content.includes(`<@${id}>`) || content.includes(`<@!${id}>`)

/** What is being answered: a start may find in the database what has come since. */
const inHand = new Set<string>()

async function answerMessage(bot: BotContext, message: Message, work: Work): Promise<void> {
  if (inHand.has(message.id)) return
  inHand.add(message.id)
  const { db } = bot.app
  let words = wordsFor(work.locale)
  let outcome = 'answered'
  try {
    if (message.guildId && !(await maySpeak(bot, message))) return
    const place = await placeOf(bot, message, work)
    words = wordsOf(place.settings, work.locale)
    const results = await answersTo(bot, message, place, work)
    if (typeof results === 'string') await sendReply(bot, message, { content: words[results] })
    else if (!worthSaying(results, place, work)) outcome = 'below confidence'
    else if (results.every(isBusy)) {
      outcome = 'declined'
      await react(bot, message, '⏳')
    } else await sendReply(bot, message, await render(bot, results, words))
  } catch (error) {
    outcome = error instanceof UserError ? error.code : 'failed'
    // A stop hands it back: the next start answers.
    if (outcome === 'busy.stopping') return
    await refuse(bot, message, work, error, words)
  } finally {
    bot.metrics.posts.inc({ outcome })
    if (outcome !== 'busy.stopping') await endMessage(db, message.id)
    inHand.delete(message.id)
  }
}

async function placeOf(bot: BotContext, message: Message, { parent }: Work): Promise<Place> {
  const server = message.guildId ?? (await findServer(bot, message.author.id))
  const settings = await readSettings(bot.app.db, server)
  return { server, channel: message.channelId, parent, person: memberOf(message), settings }
}

async function answersTo(
  bot: BotContext,
  message: Message,
  place: Place,
  { call, uploads }: Work,
): Promise<Result[] | 'directHelp' | 'mentionHelp'> {
  if (uploads.length === 0) return call === 'direct' ? 'directHelp' : 'mentionHelp'
  const label = call === 'mention' ? /^<@!?\d+>\s+label\s+(\S.*)$/is.exec(message.content)?.[1] : undefined
  if (label !== undefined) return labelOwnPost(bot, place, message, label)
  const pictures = uploads.map((upload) => toSource(upload, bot.serving.mediaHosts))
  const results = await runCommand(bot, place, { command: 'predict', options: {}, pictures })
  if (results.some((a) => codeOf(a) === 'busy.stopping')) throw new UserError('busy.stopping', 'It is being stopped')
  return results
}

const codeOf = ({ key, values }: Result): string | undefined =>
  key === 'predicted' && 'error' in values ? values.error.code : undefined
const isBusy = (answer: Result): boolean => codeOf(answer) === 'busy.full'

/** In a watched channel nobody asked: what is not sure enough stays unsaid. */
function worthSaying(results: Result[], { settings }: Place, { call }: Work): boolean {
  if (call !== 'watched' || settings.confidence === 0) return true
  return results.some(
    ({ key, values }) =>
      key === 'predicted' && 'top' in values && values.label !== null && values.confidence >= settings.confidence,
  )
}

/** Whoever asked is told why not; where nobody did, a small reaction is enough, and what was never taught stays silent. */
async function refuse(bot: BotContext, message: Message, { call }: Work, error: unknown, words: Words): Promise<void> {
  const code = error instanceof UserError ? error.code : undefined
  const content = describeErrorTo(bot, error, words)
  if (code?.startsWith('busy.')) await react(bot, message, '⏳')
  else if (call !== 'watched') await sendReply(bot, message, { content })
  else if (code !== 'predict.not-trained') await react(bot, message, '⚠️')
}

const told = new Set<string>()

/** Whether it may answer there. Where not, it says so once, in the server's own channel for such things. */
async function maySpeak({ client, log }: BotContext, { channel, guild }: Message): Promise<boolean> {
  if (channel.isDMBased() || !guild) return true
  const needed = [May.ViewChannel, channel.isThread() ? May.SendMessagesInThreads : May.SendMessages]
  if (channel.permissionsFor(client.user)?.has([...needed, May.ReadMessageHistory])) return true
  if (told.has(channel.id)) return false
  told.add(channel.id)
  log.warn({ server: guild.id, channel: channel.id }, 'may not answer there')
  const other = guild.systemChannel
  if (other?.permissionsFor(client.user)?.has([May.ViewChannel, May.SendMessages]))
    await other.send({ content: wordsFor(guild.preferredLocale).maySpeak(channel.id) }).catch(() => {})
  return false
}
