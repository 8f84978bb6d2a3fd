import type { Message } from 'discord.js'
import type { Progress } from '../../progress.ts'
import type { BotContext } from '../context.ts'
import type { Waiting } from '../run-command.ts'
import { BUSY } from './busy.ts'
import type { Addressing } from './pending-post.ts'
import { react } from './send.ts'

/** From so many seconds on it is shown that an answer comes later. */
const SHOWN_FROM = 3

/** Shows with a reaction that somebody's pictures wait for their turn, until they are answered. Nobody waits in a watched channel. */
export function showWaiting(bot: BotContext, message: Message, call: Addressing) {
  let takeBack: Promise<() => Promise<void>> | undefined
  return {
    onProgress(progress: Progress | Waiting): void {
      if (progress.of === 'turn' && progress.seconds >= SHOWN_FROM && call !== 'watched')
        takeBack = react(bot, message, BUSY)
    },
    end(): void {
      if (takeBack)
        bot.tasks.track(
          'reaction',
          takeBack.then((take) => take()),
        )
    },
  }
}
