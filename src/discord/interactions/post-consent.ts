import { randomUUID } from 'node:crypto'
import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type Message,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import { UserError } from '../../errors.ts'
import { parseLabel } from '../../label.ts'
import { wordsFor } from '../../locales/languages.ts'
import type { Words } from '../../locales/words.ts'
import { type Person, readSettings, requireAccess } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { type Place, runCommand } from '../run-command.ts'
import { type ComponentAction, encodeCustomId } from './components.ts'
import { textForm } from './modals.ts'
import { toSource, type Upload, uploadsOf } from './options.ts'
import { describeErrorTo, placeOf, respond } from './respond.ts'

/** Addresses of posted pictures hold about a day. */
const KEPT = 20 * 3600_000

type Post = { poster: string; channel: string; parent: string | null; uploads: Upload[] }
/** A post that waits for its poster's yes. */
type Asked = Post & { label: string; teacher: Person; server: string }

/** Posted pictures may be filed where the owner of the server said so. Throws UserError posts.off */
function requirePosts({ settings, person }: Place): void {
  requireAccess(settings, person, 'teacher')
  if (!settings.learnFromPosts)
    throw new UserError('posts.off', 'Expected a picture that was handed over, received a posted one')
}

const toPost = (message: Message): Post => ({
  poster: message.author.id,
  channel: message.channelId,
  parent: parentOf(message.channel),
  uploads: uploadsOf(message),
})

/** "Label this picture": from the menu it asks for the label, and from that form it files, or asks the poster. */
export async function labelPost(
  bot: BotContext,
  from: MessageContextMenuCommandInteraction | ModalSubmitInteraction,
  action?: ComponentAction,
  label = '',
): Promise<void> {
  if (from.isMessageContextMenuCommand()) {
    requirePosts(await placeOf(bot, from))
    const post = toPost(from.targetMessage)
    if (post.uploads.length === 0) throw new UserError('picture.missing', 'Expected a message with a picture')
    const key = randomUUID()
    await bot.app.ttlStore.set(`post:${key}`, post, KEPT)
    const id = await encodeCustomId(bot.app, 'do', { command: 'label-post', options: { key } })
    return void (await from.showModal(textForm(id, wordsFor(from.locale))))
  }
  const post = await bot.app.ttlStore.get<Post>(`post:${action?.options.key}`)
  if (!post) throw new UserError('choice.expired', 'Expected a post of today, received an older one')
  const words = wordsFor(from.locale)
  if (post.poster === from.user.id)
    return respond(bot, from, { isPrivate: false }, async (place) => {
      requirePosts(place)
      return filePost(bot, place, post, label)
    })
  try {
    const place = await placeOf(bot, from)
    requirePosts(place)
    await from.reply(await askPoster(bot, place, post, label, words))
  } catch (error) {
    await from.reply({ content: describeErrorTo(bot, error, words), flags: MessageFlags.Ephemeral })
  }
}

/** `@Mekiki label X` with a picture attached: the poster hands over their own. */
export async function labelOwnPost(bot: BotContext, place: Place, message: Message, label: string) {
  requirePosts(place)
  return filePost(bot, place, toPost(message), label)
}

const filePost = (bot: BotContext, place: Place, { uploads }: Post, label: string) =>
  runCommand(bot, place, {
    command: 'label',
    options: { label },
    pictures: uploads.map((upload) => toSource(upload, bot.serving.mediaHosts)),
  })

async function askPoster({ app }: BotContext, { person, server }: Place, post: Post, text: string, words: Words) {
  const label = parseLabel(text).name
  const key = randomUUID()
  await app.ttlStore.set(`asked:${key}`, { ...post, label, teacher: person, server } satisfies Asked, KEPT)
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(`yes|${key}`).setLabel(words.yes).setStyle(ButtonStyle.Success),
    new ButtonBuilder().setCustomId(`no|${key}`).setLabel(words.no).setStyle(ButtonStyle.Secondary),
  )
  const content = words.consent(person.id, post.poster, label)
  return { content, components: [buttons], allowedMentions: { users: [post.poster] } }
}

/** The poster's yes or no; nobody else's counts. */
export async function onConsent(bot: BotContext, from: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
  const [answer, key] = from.customId.split('|')
  const words = wordsFor(from.locale)
  const asked = await bot.app.ttlStore.get<Asked>(`asked:${key}`)
  if (!asked || asked.server !== from.guildId)
    throw new UserError('choice.expired', 'Expected a question of today, received an older one')
  if (asked.poster !== from.user.id)
    throw new UserError('posts.not-yours', 'Expected the one who posted it, received another')
  await from.deferUpdate()
  await bot.app.ttlStore.delete(`asked:${key}`)
  const done = (content: string) => from.editReply({ content, components: [] })
  if (answer === 'no') return void (await done(words.declined))
  try {
    const { server, channel, parent, teacher, label } = asked
    const place = { server, channel, parent, person: teacher, settings: await readSettings(bot.app.db, server) }
    // What was allowed when it was asked may not be any more.
    requirePosts(place)
    await filePost(bot, place, asked, label)
    await done(words.consented(label))
  } catch (error) {
    await done(describeErrorTo(bot, error, words))
  }
}
