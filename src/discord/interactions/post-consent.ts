import { randomUUID } from 'node:crypto'
import { ActionRowBuilder, ButtonBuilder, ButtonStyle } from 'discord.js'
import { z } from 'zod'
import type { Result } from '../../commands/define.ts'
import { UserError } from '../../errors.ts'
import { parseLabel } from '../../label.ts'
import type { Words } from '../../locales/words.ts'
import { readSettings } from '../../services/settings.ts'
import type { Caller } from '../caller.ts'
import { isForAnother } from '../calls/for-another.ts'
import { handOver } from '../calls/hand-over.ts'
import { card } from '../cards/card.ts'
import { textOf } from '../cards/render.ts'
import type { BotContext } from '../context.ts'
import { describeError } from '../describe-error.ts'
import { fetchMember } from '../member.ts'
import { POST_TTL_MS, Post } from '../shown-posts.ts'
import { wordsFor } from '../words.ts'
import { deliver } from './deliver.ts'
import { addPost, requireMayAdd } from './posted-pictures.ts'
import type { ComponentInteraction } from './repliable.ts'

/** Who asked; until version 0.2 with the roles of then, which nobody reads. */
const Teacher = z.object({ id: z.string() })

/** A post that waits for its poster's yes, and who wants to add it to which label. */
const Question = Post.extend({ label: z.string(), teacher: Teacher, server: z.string() })
type Question = z.infer<typeof Question>

const storeKey = (key: string): string => `asked:${key}`

const CONSENT_ID = /^(yes|no)\|(.+)$/
export const isConsentButton = (customId: string): boolean => CONSENT_ID.test(customId)

/** The message that asks the poster of somebody else's find whether it may become an example. Throws UserError label.* */
export async function consentQuestion(
  { app }: BotContext,
  { person, server }: Caller,
  { post, label: text, words }: { post: Post; label: string; words: Words },
) {
  const label = parseLabel(text).name
  const key = randomUUID()
  const asked: Question = { ...post, label, teacher: { id: person.id }, server }
  await app.ttlStore.set(storeKey(key), asked, POST_TTL_MS)
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(`yes|${key}`).setLabel(words.yes).setStyle(ButtonStyle.Success),
    new ButtonBuilder().setCustomId(`no|${key}`).setLabel(words.no).setStyle(ButtonStyle.Secondary),
  )
  const question = card(words.consent(person.id, post.poster, label), 'neutral', [buttons])
  return { ...question, allowedMentions: { users: [post.poster] } }
}

/** The poster's yes or no; nobody else's counts. */
export async function onConsent(bot: BotContext, from: ComponentInteraction): Promise<void> {
  const [, answer, key = ''] = CONSENT_ID.exec(from.customId) ?? []
  const { data: question } = Question.safeParse(await bot.app.ttlStore.get(storeKey(key)))
  if (!question || question.server !== from.guildId)
    throw new UserError('choice.expired', 'Expected a question of today, received an older one')
  if (question.poster !== from.user.id)
    throw new UserError('posts.not-yours', 'Expected the person who posted it, received another')
  if (bot.handedOver?.raw.of(from) && answer === 'yes') {
    const how = { isHidden: false, updatesInPlace: true, started: performance.now() }
    const command = await bot.commands.find('label', 'discord')
    return handOver(bot, from, { command, pictures: question.uploads.length, ...how })
  }
  if (!bot.call) {
    await from.deferUpdate()
    await bot.app.ttlStore.delete(storeKey(key))
  }
  const words = wordsFor(from.locale)
  const said = answer === 'no' ? words.declined : await addWithConsent(bot, question, words)
  await deliver(bot, from, { message: card(said), isPrivate: false })
  if (!bot.call) return
  // Another process may have to begin again: not before it is answered. What stays expires, and its buttons are gone.
  const deleted = bot.app.ttlStore.delete(storeKey(key))
  await deleted.catch((err) => bot.log.warn({ err }, 'a question that was answered could not be deleted'))
}

/** Adds the pictures for the one who asked. Resolves to what became of it. */
async function addWithConsent(bot: BotContext, question: Question, words: Words): Promise<string> {
  const { server, channel, parent, ageRestricted, teacher, label } = question
  try {
    // What was allowed when the question was asked may no longer be.
    const settings = await readSettings(bot.app.db, server)
    const person = await fetchMember(bot.client, server, teacher.id)
    const caller: Caller = { server, channel, parent, ageRestricted, person, settings }
    requireMayAdd(caller, question)
    const results = await addPost(bot, caller, { post: question, label })
    return results.some(hasAdded) ? words.consented(label) : words.consentedInVain(textOf(results, words))
  } catch (error) {
    if (bot.call && isForAnother(error)) throw error
    const isTeacherGone = error instanceof UserError && error.code === 'access.denied'
    return words.consentedInVain(isTeacherGone ? words.teacherLeft(teacher.id) : describeError(bot, error, words))
  }
}

const hasAdded = ({ key, values }: Result): boolean => key === 'added' && values.added > 0
