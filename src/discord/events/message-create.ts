import { PermissionFlagsBits as May, type Message } from 'discord.js'
import type { Answer } from '../../commands/define.ts'
import { endMessage, openMessages, takeMessage } from '../../db/messages.ts'
import { UserError } from '../../errors.ts'
import { type Words, wordsFor } from '../../locales/words.ts'
import { readSettings } from '../../services/settings.ts'
import type { Door } from '../context.ts'
import { toSource, type Upload, uploadsOf } from '../interactions/options.ts'
import { labelOwnPost } from '../interactions/post-consent.ts'
import { explainTo } from '../interactions/respond.ts'
import { askerOf, parentOf, wordsOf } from '../member.ts'
import { findServer } from '../messages/dm-server.ts'
import { deliver, react } from '../messages/send.ts'
import { render } from '../render.ts'
import { type Place, perform } from '../run-command.ts'

/** How a message concerns the program. */
type Call = 'direct' | 'mention' | 'watched'
/** What a restart needs to answer all the same. */
type Work = { call: Call; uploads: Upload[]; locale: string | null; parent: string | null }

/** A posted message: answered once, where it is meant for the program or stands in a watched channel. */
export async function onMessage(door: Door, message: Message): Promise<void> {
  if (message.author.bot || message.system || message.webhookId || door.isStopping) return
  const call = await howCalled(door, message)
  if (!call) return
  const uploads = uploadsMeant(door, message)
  const isAsked = call === 'direct' || isNamed(door.client.user.id, message)
  if (uploads.length === 0 && !isAsked) return
  const locale = message.guild?.preferredLocale ?? null
  const work: Work = { call, uploads, locale, parent: parentOf(message.channel) }
  const { id, channelId: channel } = message
  const isNew = await takeMessage(door.app.store, {
    id,
    channel,
    server: message.guildId ?? '',
    work: JSON.stringify(work),
  })
  if (isNew) await answerMessage(door, message, work)
}

/** What a process that stopped had taken and not answered. Discord itself drops an answer that was sent already. */
export async function resumeMessages(door: Door): Promise<void> {
  for (const { id, channel, work } of await openMessages(door.app.store)) {
    const place = await door.client.channels.fetch(channel).catch(() => null)
    const message = place?.isTextBased() ? await place.messages.fetch(id).catch(() => null) : null
    if (message) await answerMessage(door, message, JSON.parse(work))
    else await endMessage(door.app.store, id)
  }
}

async function howCalled({ app, client }: Door, message: Message): Promise<Call | undefined> {
  if (!message.guildId) return 'direct'
  if (message.mentions.has(client.user, { ignoreEveryone: true, ignoreRoles: true })) return 'mention'
  if (message.attachments.size === 0) return undefined
  const { watched } = await readSettings(app.store, message.guildId)
  const parent = parentOf(message.channel)
  return watched.includes(message.channelId) || (parent && watched.includes(parent)) ? 'watched' : undefined
}

/** Its own pictures; where it calls by name, those of the message that it replies to. */
function uploadsMeant({ client }: Door, message: Message): Upload[] {
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

async function answerMessage(door: Door, message: Message, work: Work): Promise<void> {
  if (inHand.has(message.id)) return
  inHand.add(message.id)
  const { store } = door.app
  let words = wordsFor(work.locale)
  let outcome = 'answered'
  try {
    if (message.guildId && !(await maySpeak(door, message))) return
    const place = await placeOf(door, message, work)
    words = wordsOf(place.settings, work.locale)
    const answers = await answersTo(door, message, place, work)
    if (typeof answers === 'string') await deliver(door, message, { content: words[answers] })
    else if (!worthSaying(answers, place, work)) outcome = 'below confidence'
    else if (answers.every(isBusy)) {
      outcome = 'declined'
      await react(door, message, '⏳')
    } else await deliver(door, message, await render(door, answers, words))
  } catch (error) {
    outcome = error instanceof UserError ? error.code : 'failed'
    // A stop hands it back: the next start answers.
    if (outcome === 'busy.stopping') return
    await refuse(door, message, work, error, words)
  } finally {
    door.metrics.posts.inc({ outcome })
    if (outcome !== 'busy.stopping') await endMessage(store, message.id)
    inHand.delete(message.id)
  }
}

async function placeOf(door: Door, message: Message, { parent }: Work): Promise<Place> {
  const server = message.guildId ?? (await findServer(door, message.author.id))
  const settings = await readSettings(door.app.store, server)
  return { server, channel: message.channelId, parent, person: askerOf(message), settings }
}

async function answersTo(
  door: Door,
  message: Message,
  place: Place,
  { call, uploads }: Work,
): Promise<Answer[] | 'directHelp' | 'mentionHelp'> {
  if (uploads.length === 0) return call === 'direct' ? 'directHelp' : 'mentionHelp'
  const label = call === 'mention' ? /^<@!?\d+>\s+label\s+(\S.*)$/is.exec(message.content)?.[1] : undefined
  if (label !== undefined) return labelOwnPost(door, place, message, label)
  const pictures = uploads.map((upload) => toSource(upload, door.serving.mediaHosts))
  const answers = await perform(door, place, { verb: 'predict', options: {}, pictures })
  if (answers.some((a) => codeOf(a) === 'busy.stopping')) throw new UserError('busy.stopping', 'It is being stopped')
  return answers
}

const codeOf = ({ key, values }: Answer): string | undefined =>
  key === 'predicted' && 'error' in values ? values.error.code : undefined
const isBusy = (answer: Answer): boolean => codeOf(answer) === 'busy.full'

/** In a watched channel nobody asked: what is not sure enough stays unsaid. */
function worthSaying(answers: Answer[], { settings }: Place, { call }: Work): boolean {
  if (call !== 'watched' || settings.confidence === 0) return true
  return answers.some(
    ({ key, values }) =>
      key === 'predicted' && 'top' in values && values.label !== null && values.confidence >= settings.confidence,
  )
}

/** Whoever asked is told why not; where nobody did, a small reaction is enough, and what was never taught stays silent. */
async function refuse(door: Door, message: Message, { call }: Work, error: unknown, words: Words): Promise<void> {
  const code = error instanceof UserError ? error.code : undefined
  const content = explainTo(door, error, words)
  if (code?.startsWith('busy.')) await react(door, message, '⏳')
  else if (call !== 'watched') await deliver(door, message, { content })
  else if (code !== 'predict.not-trained') await react(door, message, '⚠️')
}

const told = new Set<string>()

/** Whether it may answer there. Where not, it says so once, in the server's own channel for such things. */
async function maySpeak({ client, log }: Door, { channel, guild }: Message): Promise<boolean> {
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
