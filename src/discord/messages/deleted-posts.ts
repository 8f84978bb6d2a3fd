import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js'
import { cancelCalls } from '../../db/calls.ts'
import { forgetAnswers, listAnswersTo } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'

/** Posts that are being answered, and whether they were deleted meanwhile. */
const inProgress = new Map<string, { isDeleted: boolean }>()

/** Begins to answer a post. @returns what tells whether it was deleted since; undefined: it is being answered already */
export function beginAnswer(id: string): { isDeleted: boolean } | undefined {
  if (inProgress.has(id)) return undefined
  const state = { isDeleted: false }
  inProgress.set(id, state)
  return state
}

export const endAnswer = (id: string): boolean => inProgress.delete(id)

/** Posts were deleted: the answers to them go, too, and what is being answered gets none. */
export async function onPostsDeleted(bot: BotContext, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const state = inProgress.get(id)
    if (state) state.isDeleted = true
  }
  const { db } = bot.app
  if (bot.handedOver) await cancelCalls(db, ids)
  for (const { id, channel, answer } of await listAnswersTo(db, ids)) {
    await deleteMessage(bot, channel, answer)
    await forgetAnswers(db, [id])
  }
}

/** The bot's own, which takes no permission. One that is gone already is none of its business. */
export async function deleteMessage({ client, log }: BotContext, channel: string, id: string): Promise<void> {
  try {
    await client.rest.delete(Routes.channelMessage(channel, id))
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !GONE_CODES.includes(error.code)) throw error
    log.debug({ code: error.code, channel }, 'an answer was deleted before')
  }
}

const GONE_CODES: unknown[] = [
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.MissingAccess,
]
