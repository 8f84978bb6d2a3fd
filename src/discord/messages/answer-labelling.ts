import type { Message } from 'discord.js'
import type { Words } from '../../locales/words.ts'
import type { Caller } from '../caller.ts'
import { render } from '../cards/render.ts'
import type { BotContext } from '../context.ts'
import { consentQuestion } from '../interactions/post-consent.ts'
import { addPost, postToLabel } from '../interactions/posted-pictures.ts'
import type { AdditionResult } from '../learned-replies.ts'
import { additionIn } from '../tell-learned.ts'
import type { Reply } from './send.ts'

/** The label in `@Mekiki label X`, by its name or by that of its role. */
export const labelIn = (content: string): string | undefined => /^<@[!&]?\d+>\s+label\s+(\S.*)$/is.exec(content)?.[1]

/** Adds the author's own pictures, or asks whoever posted those that the message replies to. */
export async function answerLabelling(
  bot: BotContext,
  caller: Caller,
  { message, label, words }: { message: Message; label: string; words: Words },
): Promise<{ reply: Reply; result?: AdditionResult | undefined }> {
  const post = await postToLabel(bot, caller, message)
  if (post.poster !== caller.person.id) return { reply: await consentQuestion(bot, caller, { post, label, words }) }
  const results = await addPost(bot, caller, { post, label })
  return { reply: await render(bot, results, words), result: additionIn(results) }
}
