import { callerOf } from '../caller.ts'
import { privately } from '../cards/card.ts'
import { errorCard } from '../cards/error-card.ts'
import type { BotContext } from '../context.ts'
import type { Post } from '../shown-posts.ts'
import { wordsFor, wordsIn } from '../words.ts'
import { consentQuestion } from './post-consent.ts'
import { addPost, requireMayAdd } from './posted-pictures.ts'
import type { RepliableInteraction } from './repliable.ts'
import { respond } from './respond.ts'

type Addition = { post: Post; label: string; command: 'label' | 'teach'; isPrivate?: boolean }

/** Adds to a label what somebody showed: one's own at once, what is somebody else's after their yes. */
export async function addOrAsk(bot: BotContext, from: RepliableInteraction, addition: Addition): Promise<void> {
  const { post, label, command: name, isPrivate } = addition
  if (post.poster === from.user.id) {
    const command = await bot.commands.find(name, 'discord')
    return respond(bot, from, {
      command,
      pictures: post.uploads.length,
      isPrivate,
      async run(caller, onProgress) {
        requireMayAdd(caller, post)
        return addPost(bot, caller, { post, label, command: name, onProgress })
      },
    })
  }
  let words = wordsFor(from.locale)
  try {
    const caller = await callerOf(bot, from)
    words = wordsIn(caller.settings, from.locale)
    requireMayAdd(caller, post)
    await from.reply(await consentQuestion(bot, caller, { post, label, words }))
  } catch (error) {
    await from.reply(privately(errorCard(bot, error, words)))
  }
}
