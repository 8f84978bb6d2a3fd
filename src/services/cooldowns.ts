import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '../errors.ts'

/** At most `max` at once, and as many again every `windowMs`. What is over it may wait for `maxWaitMs`. */
type Limit = { max: number; windowMs: number; maxWaitMs: number }
/** By kind: for one person in one server, and for all people of it together. `others`: for each kind that is not named. */
type Limits = { person: ReadonlyMap<string, Limit>; server: ReadonlyMap<string, Limit>; others: Limit }

const MINUTE_MS = 60_000
/** An interaction can be answered for 15 minutes. What one person lets wait leaves others of the server their turn. */
const MAX_WAIT_MS = 5 * MINUTE_MS
/** A few at a time, the pictures of a ZIP wait for those of the ZIPs before. */
const MAX_ZIP_WAIT_MS = 10 * MINUTE_MS

const perMinute = (max: number, maxWaitMs = 0): Limit => ({ max, windowMs: MINUTE_MS, maxWaitMs })
const perTenMinutes = (max: number): Limit => ({ max, windowMs: 10 * MINUTE_MS, maxWaitMs: 0 })

/** Commands that keep the machine busy for long, wherever they are asked for. */
const EXPENSIVE: [string, Limit][] = [
  ['train', perTenMinutes(6)],
  ['backbone', perTenMinutes(6)],
  ['export', perTenMinutes(3)],
]

/** Of a chat, where everybody sees what one person does. */
export const CHAT_LIMITS: Limits = {
  person: new Map([['pictures', perMinute(60, MAX_WAIT_MS)], ['zip', perMinute(300, MAX_ZIP_WAIT_MS)], ...EXPENSIVE]),
  server: new Map([
    ['pictures', perMinute(400, MAX_WAIT_MS)],
    // Whoever shows a picture does not wait for a ZIP.
    ['zip', perMinute(300, MAX_ZIP_WAIT_MS)],
  ]),
  others: perMinute(40),
}

/** What is between browser and program ends requests that say nothing for a minute. */
const MAX_REQUEST_MS = 30_000
/** Progress is told while the pictures of a ZIP wait. */
const MAX_UPLOAD_MS = MINUTE_MS

/**
 * Of the page, where somebody drops thousands of files and leafs through lists. One person's pictures, those that wait included,
 * are less than what their server has: others always have a share.
 */
export const PAGE_LIMITS: Limits = {
  person: new Map([
    ['pictures', perMinute(6_000, MAX_REQUEST_MS)],
    ['zip', perMinute(6_000, MAX_UPLOAD_MS)],
    ...EXPENSIVE,
  ]),
  server: new Map([
    ['pictures', perMinute(18_000, MAX_REQUEST_MS)],
    ['zip', perMinute(18_000, MAX_UPLOAD_MS)],
  ]),
  others: perMinute(600),
}

/** Counters above which those that are full again are looked for and forgotten. */
const SWEEP_FROM = 1_000

type Use = { server: string; person: string; kind: string; amount: number }
type Budget = { key: string; limit: Limit }

/**
 * Limits what one person, and one server, may ask for. A budget is one number, the moment at which it is full again
 * (the generic cell rate algorithm): it is read and written without awaiting anything, so that calls that come together
 * are counted one after the other, and those that wait keep their order.
 */
export class Cooldowns {
  private readonly fullAt = new Map<string, number>()
  private readonly stopping = new AbortController()
  private readonly limits: Limits
  private readonly now: () => number
  private sweepFrom = SWEEP_FROM

  /** @param limits of the front end @param now a clock in milliseconds */
  constructor(limits: Limits, now = () => performance.now()) {
    this.limits = limits
    this.now = now
  }

  /**
   * Counts a use. `kind`: `pictures`, or the name of a command. Nothing is counted where either budget refuses.
   * @returns milliseconds until its turn. Throws UserError busy.cooldown
   */
  spend(use: Use): number {
    const wait = this.check(use)
    for (const { key, limit } of this.budgetsOf(use)) this.fullAt.set(key, this.fullAfter({ key, limit }, use.amount))
    this.sweep()
    return wait
  }

  /** The same, and counts nothing. */
  check(use: Use): number {
    return Math.max(...this.budgetsOf(use).map((budget) => this.waitFor(budget, use.amount)))
  }

  /** Waits for a turn that `spend` gave. Throws UserError busy.stopping */
  async wait(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return
    await sleep(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => {
      throw new UserError('busy.stopping', 'Expected a running bot, but it is being stopped')
    })
  }

  /** Whoever waits is told that the bot stops. */
  stop(): void {
    this.stopping.abort()
  }

  /** Budgets that are not full: the others are forgotten. */
  get size(): number {
    return this.fullAt.size
  }

  private budgetsOf({ server, person, kind }: Use): Budget[] {
    const { person: own, server: common, others } = this.limits
    const personal: Budget = { key: `${server}:${person}:${kind}`, limit: own.get(kind) ?? others }
    const shared = common.get(kind)
    return shared ? [personal, { key: `${server}::${kind}`, limit: shared }] : [personal]
  }

  private fullAfter({ key, limit: { max, windowMs } }: Budget, amount: number): number {
    return Math.max(this.now(), this.fullAt.get(key) ?? 0) + amount * (windowMs / max)
  }

  private waitFor(budget: Budget, amount: number): number {
    const { max, windowMs, maxWaitMs } = budget.limit
    const wait = this.fullAfter(budget, amount) - this.now() - windowMs
    if (wait <= maxWaitMs) return Math.max(0, wait)
    const seconds = Math.max(1, Math.ceil((wait - maxWaitMs) / 1000))
    throw new UserError('busy.cooldown', `Expected at most ${max} in ${windowMs / 1000} s, received more`, { seconds })
  }

  private sweep(): void {
    if (this.fullAt.size < this.sweepFrom) return
    const now = this.now()
    for (const [key, fullAt] of this.fullAt) if (fullAt <= now) this.fullAt.delete(key)
    this.sweepFrom = Math.max(SWEEP_FROM, 2 * this.fullAt.size)
  }
}
