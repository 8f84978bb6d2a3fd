import { setTimeout as sleep } from 'node:timers/promises'
import { count } from '../counters.ts'
import type { Database } from '../db/connection.ts'
import { isPostgres } from '../db/engine.ts'
import { reserveRequests } from '../db/token-limits.ts'

/**
 * Discord takes 50 requests a second from one bot, whatever process they come from. So many go out here, and so many at
 * once after a rest: with moments that are kept a little late, fewer than 50 in any second.
 */
const [PER_SECOND, BURST] = [42, 4]
const GAP_MS = 1000 / PER_SECOND
/** A moment that is over for longer is given up with those after it, and others are reserved. */
const LATE_MS = 50
/** Moments that are reserved at a time: more would be lost where a process ends. */
const BATCH = 5
/** While the database does not answer, each process has this share: as if there were eight of them. */
const ALONE = { gapMs: 8 * GAP_MS, burst: 1 }
/** How long the database may take to say when. */
const PATIENCE_MS = 1_000

/** Resolves to how many milliseconds the first of so many requests has to wait. */
type Reserve = (requests: number) => Promise<number>

/** Lets requests out one after the other. */
export class RequestLimit {
  private readonly waiting: (() => void)[] = []
  private readonly reserve: Reserve
  private isRunning = false

  constructor(reserve: Reserve) {
    this.reserve = reserve
  }

  /** Resolves when the next request may go out. */
  turn(): Promise<void> {
    const asked = performance.now()
    return new Promise((resolve) => {
      this.waiting.push(() => {
        count('restRequests')
        count('restWaited', performance.now() - asked)
        resolve()
      })
      if (this.isRunning) return
      this.isRunning = true
      // What is asked in this turn of the event loop is reserved together.
      setImmediate(() => void this.run())
    })
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      const requests = Math.min(this.waiting.length, BATCH)
      const wait = await this.reserve(requests)
      await this.letOut(requests, performance.now() + wait)
    }
    this.isRunning = false
  }

  private async letOut(requests: number, first: number): Promise<void> {
    const reservedAt = performance.now()
    for (let i = 0; i < requests; i++) {
      const moment = Math.max(first + i * GAP_MS, reservedAt)
      if (moment > performance.now()) await sleep(moment - performance.now())
      const isLate = performance.now() - moment > LATE_MS
      // One goes all the same: a process that is always late would send none.
      if (!isLate || i === 0) this.waiting.shift()?.()
      if (isLate) return
    }
  }
}

/** The limit of one process that shares the token with no other. */
function reserveHere({ gapMs, burst }: { gapMs: number; burst: number }): Reserve {
  let next = 0
  return async (requests) => {
    const now = performance.now()
    const first = Math.max(next, now - burst * gapMs)
    next = first + requests * gapMs
    return first - now
  }
}

const limits = new WeakMap<Database, RequestLimit>()

/** The limit of everything that this process asks of Discord: shared with the other processes of the database, where there are some. */
export function requestLimitOf(db: Database): RequestLimit {
  const made =
    limits.get(db) ?? new RequestLimit(isPostgres(db) ? reserveIn(db) : reserveHere({ gapMs: GAP_MS, burst: BURST }))
  limits.set(db, made)
  return made
}

/** The limit that all processes of a database share. */
export function reserveIn(db: Database): Reserve {
  const alone = reserveHere(ALONE)
  return async (requests) => {
    const late = new AbortController()
    try {
      return await Promise.race([
        reserveRequests(db, requests, { gapMs: GAP_MS, burst: BURST }),
        sleep(PATIENCE_MS, undefined, { signal: late.signal }).then(() => alone(requests)),
      ])
    } catch {
      return alone(requests)
    } finally {
      late.abort()
    }
  }
}

/** Answers to interactions, and what webhooks send, are not counted. @param url as in https://discord.com/api/v10/channels/1 */
export const isCounted = (url: string): boolean => !/\/api\/v\d+\/(interactions|webhooks)\//.test(url)
