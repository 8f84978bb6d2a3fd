import { setTimeout as sleep } from 'node:timers/promises'
import type { WebSocketOptions } from 'discord.js'
import type { Database } from '../../db/connection.ts'
import { takeIdentifySlot } from '../../db/token-limits.ts'
import type { Logger } from '../../logger.ts'
import type { OtherCluster } from './other-cluster.ts'

/** Discord wants 5 s between two; requests and timers are not that exact. */
const MARGIN_MS = 500
/** What is waited for at most before the next look, and after the database did not answer. */
const LOOK_MS = 1_000

type Throttler = NonNullable<WebSocketOptions['buildIdentifyThrottler']>
type SessionLimit = { total: number; remaining: number; reset_after: number; max_concurrency: number }

type Options = { db: Database; log: Logger; periodMs: number; other: OtherCluster }

/** Begins sessions apart, over all processes: one of a bucket in each period. */
export const identifyThrottler =
  ({ db, log, periodMs, other }: Options): Throttler =>
  async (manager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation()
    const { remaining, max_concurrency: maxConcurrency } = limit
    await other.noteRemaining(db, { remaining, maxConcurrency }).catch(() => {})
    const period = Math.max(periodMs + MARGIN_MS, sparingPeriod(limit))
    if (period > periodMs + MARGIN_MS)
      log.warn(
        { remaining: limit.remaining, period },
        'few sessions are left until Discord resets the token: they begin further apart',
      )
    return {
      async waitForIdentify(shard, signal) {
        for (;;) {
          signal.throwIfAborted()
          const wait = await takeIdentifySlot(db, shard % limit.max_concurrency, period).catch(() => LOOK_MS)
          if (wait === 0) return
          await sleep(Math.min(wait, LOOK_MS), undefined, { signal })
        }
      },
    }
  }

/** Once half of a day's sessions are used up, the rest is spread over the time until there are new ones: after the last one Discord resets the token. */
const sparingPeriod = ({ total, remaining, reset_after, max_concurrency }: SessionLimit): number =>
  remaining > total / 2 ? 0 : (reset_after * max_concurrency) / Math.max(1, remaining)
