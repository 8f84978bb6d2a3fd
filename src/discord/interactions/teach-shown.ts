import { z } from 'zod'
import type { BotContext } from '../context.ts'
import { findShown } from '../shown-posts.ts'
import { addOrAsk } from './add-or-ask.ts'
import type { ComponentAction } from './custom-id.ts'
import type { RepliableInteraction } from './repliable.ts'
import { respondWithAction } from './run-action.ts'

const Options = z.object({ prediction: z.string(), label: z.string() })

/** The button below a correction. Undefined: another one. */
export function readTeaching({ command, options }: ComponentAction): z.infer<typeof Options> | undefined {
  return command === 'teach' ? Options.safeParse(options).data : undefined
}

/** Adds the picture that an answer was about to its right label, read anew from where it was shown. */
export async function teachShown(
  bot: BotContext,
  from: RepliableInteraction,
  { prediction, label }: z.infer<typeof Options>,
): Promise<void> {
  const post = await findShown(bot.app.ttlStore, prediction)
  // The command says that there is nothing to add anymore.
  if (!post) return respondWithAction(bot, from, { action: { command: 'teach', options: { prediction, label } } })
  await addOrAsk(bot, from, { post, label, command: 'teach', isPrivate: true })
}
