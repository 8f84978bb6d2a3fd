import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { count } from '../../counters.ts'
import { finishCall, mayDeliver, releaseCalls, renewCalls, type TakenCall, takeCalls } from '../../db/call-leases.ts'
import { sweepCalls } from '../../db/calls.ts'
import { forgetAnswers } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'
import { deleteMessage } from '../messages/deleted-posts.ts'
import type { Ended } from './ended.ts'
import { isForAnother } from './for-another.ts'
import type { RemoteDiscord } from './remote-client.ts'
import { runCall } from './run-call.ts'
import { CallLost } from './running-call.ts'

/** Calls that wait for pictures, for each core: enough that none idles while answers are sent and others are taken. */
const WAITING_PER_CORE = 4
/** So long a call is counted as one that waits, whether it has pictures or not. */
const YOUNG_MS = 2_000
/** Calls that are answered at once: trainings and ZIP files take minutes, and nothing of this process meanwhile. */
const MAX_RUNNING = 200
/** Before a call is taken again that could not be answered, because Discord or the database failed. */
const AGAIN_MS = 5_000
/** Between tries to write that a call has ended. */
const END_AGAIN_MS = 1_000
/** How long what is begun may take once a stop is asked for: less than what the stop as a whole may take. */
const FINISH_MS = 5_000
const SWEEP_MS = 60_000

/** `leaseMs`: others take the calls of a process that was heard of no more for so long. `pollMs`: between looks for calls. */
export type ServingOptions = { leaseMs?: number; pollMs?: number }

type Run = { startedAt: number; isLost: boolean; ended: Promise<void> }

/** Takes calls in fair turns between servers and answers them, until it is drained. */
export class CallServer {
  private readonly bot: BotContext
  private readonly remote: RemoteDiscord
  private readonly owner = randomUUID()
  private readonly leaseMs: number
  private readonly pollMs: number
  private readonly running = new Map<string, Run>()
  private readonly timers: NodeJS.Timeout[] = []
  /** Those that were held the last time, and not known here. */
  private strays: ReadonlySet<string> = new Set()
  /** Until then, as of `performance.now()`, others that live may not have renewed their leases: the database was away. */
  private leasesCountFrom = 0
  private wakeUp = Promise.withResolvers<void>()
  private isDraining = false
  private readonly loop: Promise<void>
  /** When it last looked for calls, as of `performance.now()`. */
  turnedAt = performance.now()

  constructor(bot: BotContext, remote: RemoteDiscord, { leaseMs = 30_000, pollMs = 1_000 }: ServingOptions = {}) {
    this.bot = bot
    this.remote = remote
    this.leaseMs = leaseMs
    this.pollMs = pollMs
    this.every(leaseMs / 3, () => this.renew())
    this.every(SWEEP_MS, () => sweepCalls(bot.app.db))
    this.loop = this.serve()
  }

  /** Calls that it is answering. */
  get count(): number {
    return this.running.size
  }

  /** There is something to do. */
  wake(): void {
    this.wakeUp.resolve()
  }

  /** Takes nothing new, finishes what is begun within some seconds, and leaves the rest to others. */
  async drain(): Promise<void> {
    this.isDraining = true
    this.wake()
    await this.loop
    await Promise.race([this.settled(), sleep(FINISH_MS, undefined, { ref: false })])
    for (const timer of this.timers) clearInterval(timer)
    for (const run of this.running.values()) run.isLost = true
    await releaseCalls(this.bot.app.db, { owner: this.owner }).catch((err) =>
      this.bot.log.warn({ err }, 'calls could not be given back: others take them once the lease is over'),
    )
  }

  private every(milliseconds: number, work: () => Promise<unknown>): void {
    const run = (): void => void work().catch((err) => this.bot.log.warn({ err }, 'calls cannot be kept'))
    this.timers.push(setInterval(run, milliseconds).unref())
  }

  private async settled(): Promise<void> {
    await Promise.all([...this.running.values()].map(({ ended }) => ended))
  }

  private async serve(): Promise<void> {
    while (!this.isDraining) {
      this.turnedAt = performance.now()
      this.wakeUp = Promise.withResolvers()
      const limit = this.room()
      const taken = limit > 0 ? await this.take(limit) : []
      for (const call of taken) this.start(call)
      if (taken.length < limit || limit <= 0)
        await Promise.race([this.wakeUp.promise, sleep(this.pollMs, undefined, { ref: false })])
    }
  }

  /** How many more calls there is room for. */
  private room(): number {
    const now = performance.now()
    const young = [...this.running.values()].filter(({ startedAt }) => now - startedAt < YOUNG_MS).length
    const waiting = Math.max(young, this.bot.app.queue.waitingCount)
    return Math.min(availableParallelism() * WAITING_PER_CORE - waiting, MAX_RUNNING - this.running.size)
  }

  private async take(limit: number): Promise<TakenCall[]> {
    try {
      const { owner, leaseMs } = this
      const lapsed = performance.now() >= this.leasesCountFrom
      const taken = await takeCalls(this.bot.app.db, { owner, leaseMs, limit, lapsed })
      count('callsClaimed', taken.length)
      count('callsLapsed', taken.filter(({ lapses }) => lapses > 0).length)
      return taken
    } catch (err) {
      this.bot.log.warn({ err }, 'calls cannot be taken')
      this.leasesCountFrom = performance.now() + this.leaseMs
      return []
    }
  }

  private start(call: TakenCall): void {
    const startedAt = performance.now()
    const ended = Promise.withResolvers<void>()
    const run: Run = { startedAt, isLost: false, ended: ended.promise }
    this.running.set(call.id, run)
    void this.answer(call, run).finally(() => {
      // Taken anew meanwhile, it has an entry of its own.
      if (this.running.get(call.id) === run) this.running.delete(call.id)
      ended.resolve()
      this.wake()
    })
  }

  private async answer(call: TakenCall, run: Run): Promise<void> {
    const { bot, owner, remote } = this
    const { id } = call
    let ended: Ended = { isOpen: true }
    try {
      const held = {
        age: () => call.ageMs + performance.now() - run.startedAt,
        requireDelivery: async () => {
          if (run.isLost || !(await mayDeliver(bot.app.db, { id, owner }))) throw new CallLost()
        },
      }
      ended = await runCall(bot, remote, { call, held })
    } catch (err) {
      if (isForAnother(err)) bot.log.info({ err, call: id }, 'a call is left to another process')
      else {
        ended = { isOpen: false }
        bot.log.error({ err, call: id }, 'a call was not answered')
      }
    }
    await this.end(id, run, ended).catch((err) =>
      bot.log.warn({ err, call: id }, 'the answer to a deleted post could not be deleted'),
    )
  }

  private async end(id: string, run: Run, { isOpen, answer }: Ended): Promise<void> {
    const { bot, owner } = this
    const { db } = bot.app
    const isGone = await this.untilWritten(run, async () => {
      if (!isOpen) return finishCall(db, { id, owner })
      await releaseCalls(db, { owner, ids: [id], afterMs: AGAIN_MS })
      return false
    })
    if (!isOpen && isGone !== undefined) count('callsFinished')
    if (!isGone || !answer) return
    // The post was deleted while its answer was on its way.
    await deleteMessage({ ...bot, client: this.remote.client() }, answer.channel, answer.id)
    await forgetAnswers(db, [id])
  }

  /**
   * Tries again while the database does not take it: a call that is not written to have ended is answered once more.
   * @returns undefined where it was not written, because others have the call by now or this process stops
   */
  private async untilWritten<T>(run: Run, write: () => Promise<T>): Promise<T | undefined> {
    for (let tries = 1; ; tries++) {
      try {
        return await write()
      } catch (err) {
        if (tries === 1 || run.isLost) this.bot.log.warn({ err, tries }, 'it cannot be written that a call has ended')
        if (run.isLost) return undefined
        await sleep(END_AGAIN_MS, undefined, { ref: false })
      }
    }
  }

  /**
   * Calls that the database gave to this process, which never heard of it since the connection broke: they would be renewed
   * for ever. What is just being taken is not known here yet, but the next time.
   */
  private async giveBackStrays(kept: ReadonlySet<string>): Promise<void> {
    const strays = [...kept].filter((id) => !this.running.has(id))
    const ids = strays.filter((id) => this.strays.has(id))
    this.strays = new Set(strays)
    await releaseCalls(this.bot.app.db, { owner: this.owner, ids })
  }

  private async renew(): Promise<void> {
    // Those that are taken meanwhile are not in what the statement finds.
    const before = [...this.running]
    const { owner, leaseMs } = this
    const kept = await renewCalls(this.bot.app.db, { owner, leaseMs }).catch((error) => {
      this.leasesCountFrom = performance.now() + leaseMs
      throw error
    })
    for (const [id, run] of before) if (!kept.has(id)) run.isLost = true
    await this.giveBackStrays(kept)
  }
}
