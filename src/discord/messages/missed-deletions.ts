import { DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js'
import { z } from 'zod'
import { type AnsweredPost, forgetAnswers, listAnswered } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'
import { isOwnServer } from '../shards/own-servers.ts'
import { deleteMessage } from './deleted-posts.ts'
import { waitForReplySlot } from './reply-rate-limit.ts'

/** Posts that are looked after: the latest ones, of a week. A bot is rarely away for longer. */
const MAX_POSTS = 1_000
const LOOK_BACK_MS = 7 * 24 * 3600_000
/** Messages that Discord gives at a time. */
const PAGE = 100
/** Forbidden, and not found: what becomes of the answers there is not for the bot to say. */
const GONE_STATUS = [403, 404]

const Messages = z.array(z.object({ id: z.string() }))

/**
 * Deletes the answers to posts that were deleted while the bot heard of nothing: before a start, or while a connection was
 * lost for too long to be resumed. @param shard only of its servers; direct messages are of the first
 */
export async function catchUpOnDeletions(bot: BotContext, shard?: number): Promise<void> {
  const answered = await listAnswered(bot.app.db, { since: Date.now() - LOOK_BACK_MS, limit: MAX_POSTS })
  const concerned = answered.filter(({ server }) =>
    bot.shard ? isOwn(bot, server) : shard === undefined || shardOf(bot, server) === shard,
  )
  // One channel that fails holds up none of the others.
  for (const [channel, posts] of Map.groupBy(concerned, (post) => post.channel))
    await checkChannel(bot, channel, posts).catch((err: unknown) =>
      bot.log.warn({ err, channel }, 'it could not be checked whether answered posts were deleted'),
    )
}

const shardOf = ({ client }: BotContext, server: string): number => client.guilds.cache.get(server)?.shardId ?? 0

/** Direct messages are of the first shard. */
const isOwn = ({ shard }: BotContext, server: string): boolean =>
  server === '' ? shard?.id === 0 : isOwnServer(shard, server)

/** Few requests where the posts follow each other closely, one for each at most. */
async function checkChannel(bot: BotContext, channel: string, posts: AnsweredPost[]): Promise<void> {
  let rest = posts.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
  for (let [first] = rest; first && !bot.isStopping; [first] = rest) {
    const found = await readFrom(bot, channel, first.id)
    if (!found) return
    const last = found.length < PAGE ? undefined : found.reduce((max, id) => (id > max ? id : max))
    const isSeen = ({ id }: AnsweredPost): boolean => last === undefined || BigInt(id) <= last
    const ids = new Set(found)
    for (const post of rest.filter(isSeen)) if (!ids.has(BigInt(post.id))) await checkPost(bot, channel, post)
    rest = rest.filter((post) => !isSeen(post))
  }
}

/** A message and those that follow it, of the first ones; undefined: the channel cannot be read. */
async function readFrom({ client }: BotContext, channel: string, id: string): Promise<bigint[] | undefined> {
  await waitForReplySlot()
  const query = new URLSearchParams({ after: String(BigInt(id) - 1n), limit: String(PAGE) })
  try {
    const messages = Messages.parse(await client.rest.get(Routes.channelMessages(channel), { query }))
    return messages.map((message) => BigInt(message.id))
  } catch (error) {
    if (error instanceof DiscordAPIError && GONE_STATUS.includes(error.status)) return undefined
    throw error
  }
}

/** Where the history of a channel may not be read, its list is empty: only what Discord calls unknown is gone. */
async function checkPost(bot: BotContext, channel: string, { id, answer }: AnsweredPost): Promise<void> {
  if (bot.isStopping || !(await isGone(bot, channel, id))) return
  await waitForReplySlot()
  await deleteMessage(bot, channel, answer)
  await forgetAnswers(bot.app.db, [id])
}

async function isGone({ client }: BotContext, channel: string, id: string): Promise<boolean> {
  await waitForReplySlot()
  try {
    await client.rest.get(Routes.channelMessage(channel, id))
    return false
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !GONE_STATUS.includes(error.status)) throw error
    return error.code === RESTJSONErrorCodes.UnknownMessage
  }
}
