import { randomUUID } from 'node:crypto'
import { joinCluster } from '../db/shards.ts'
import { connect } from '../discord/client.ts'
import { abortable, untilReached } from '../discord/reach.ts'
import { requestLimitOf } from '../discord/request-limit.ts'
import { HeldShards, type RunningShard, type ShardStart } from '../discord/shards/held-shards.ts'
import { identifyThrottler } from '../discord/shards/identify.ts'
import { OtherCluster } from '../discord/shards/other-cluster.ts'
import { readGateway } from '../discord/shards/read-gateway.ts'
import { UserError } from '../errors.ts'
import { CHAT_LIMITS, Cooldowns } from '../services/cooldowns.ts'
import type { ServedSite } from '../web/discord-site.ts'
import { Chat, watchChats } from './chat.ts'
import type { RoleContext, RunningRole } from './roles.ts'

/**
 * Gateways that came within this time get shards that are free, and none of others: while processes are replaced one after the other
 * nothing is handed over twice.
 */
const SETTLED_MS = 60_000

/** Holds this process's part of the shards. Throws UserError discord.token, shards.* */
export async function startShards(context: RoleContext, page: ServedSite | undefined): Promise<RunningRole> {
  const { app, log, serving, stop } = context
  const gateway = randomUUID()
  const maxStarting = await join(context, gateway)
  // Each shard listens to what services tell.
  app.events.setMaxListeners(0)
  const chats = new Map<number, Chat>()
  const cooldowns = new Cooldowns(CHAT_LIMITS)
  const other = new OtherCluster(log)
  const onTaken = (): void => other.noteTaken()
  const identify = identifyThrottler({ db: app.db, log, periodMs: serving.identifyMs, other })
  let asksForContent = true

  const held = new HeldShards({
    ...{ db: app.db, gateway, log, maxStarting, settledMs: SETTLED_MS },
    start: startShard,
  })
  watchChats(context, () => [...chats.values()])
  await abortable(held.begin(), stop.signal).catch(async (error: unknown) => {
    await held.close()
    throw error
  })
  return {
    name: 'gateway',
    health: () => ({ ok: held.shards.every(isServed), shards: held.shards }),
    work: () => ({ calls: [...chats.values()].reduce((sum, { bot }) => sum + bot.tasks.count, 0) }),
    shards: () => [...chats.keys()],
    finishMs: () => held.handOverMs,
    drain: () => held.drain(),
    close: () => held.close(),
  }

  function isServed(shard: number): boolean {
    return chats.get(shard)?.bot.client.isReady() === true
  }

  async function startShard({ shard: id, count, isContinued, signal }: ShardStart): Promise<RunningShard> {
    const chat = await connect({
      ...{
        serving,
        log,
        signal,
        limit: requestLimitOf(app.db),
        asksForContent,
        shard: { id, count, identify, onTaken },
      },
      onReady(client, seesContent) {
        asksForContent = seesContent
        return new Chat(context, { client, seesContent, cooldowns, pageUrl: page?.url, shard: { id, count } })
      },
      onTokenRevoked: () => stop.abort('discord.token'),
    }).catch((error: unknown) => {
      if (error instanceof UserError && isFailure(error.code)) stop.abort(error.code)
      throw error
    })
    chats.set(id, chat)
    await chat.startBackground(isContinued)
    return {
      async close() {
        chats.delete(id)
        await chat.retire()
      },
    }
  }
}

const FAILURES = ['discord.token', 'discord.intents', 'discord.shards']
/** What no further try can mend. */
const isFailure = (code: string): boolean => FAILURES.includes(code)

/** @returns how many sessions may begin at once. Throws UserError shards.count, shards.application */
async function join({ app, log, serving, stop }: RoleContext, gateway: string): Promise<number> {
  const limit = requestLimitOf(app.db)
  const found = await untilReached(() => readGateway(serving, limit), { log, signal: stop.signal })
  const { application, recommended, maxConcurrency } = found
  const joined = await joinCluster(app.db, { gateway, application, wanted: serving.shards, recommended })
  if ('running' in joined) throw explain(joined.running, application, serving.shards)
  log.info({ gateway, shards: joined.shardCount }, 'gateway started')
  return maxConcurrency
}

function explain(
  running: { application: string; shardCount: number },
  application: string,
  shards: number | undefined,
) {
  if (running.application !== application)
    return new UserError(
      'shards.application',
      `Expected the token of application ${running.application}, whose gateways run on this database, received one of ${application}`,
    )
  return new UserError(
    'shards.count',
    `Expected SHARDS=${running.shardCount} as the gateways that run have it, received ${shards}: leave it out, or stop all gateways before it is changed`,
  )
}
