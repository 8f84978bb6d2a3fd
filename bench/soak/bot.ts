// The bot as a process, killed and started again, against one stand-in for Discord that outlives it.
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { type Bot, startBot } from '../../test/support/discord/bot.ts'
import type { StandIn } from '../../test/support/discord/stand-in.ts'
import { until } from '../../test/support/until.ts'
import type { Random } from './random.ts'

/** Of the calls of the bot, while things go wrong. */
const SHARE_RATE_LIMITED = 0.02
const SHARE_FAILED = 0.02
/** Seconds that a rate limit asks to wait. */
const RATE_LIMIT_SECONDS = [0.2, 1] as const
const FAILURES = [500, 502, 503] as const

type Loss = 'killed' | 'disconnected'

export class SoakedBot {
  readonly home: string
  readonly stand: StandIn
  readonly bots: Bot[] = []
  private readonly random: Random
  /** Settles when the process is gone, or when Discord forgot what it has not told it yet. */
  private lost = Promise.withResolvers<Loss>()
  isUp = false
  kills = 0
  drops = 0
  faults = 0
  /** Milliseconds from starting the process to serving. */
  slowestStart = 0

  constructor(stand: StandIn, home: string, random: Random) {
    this.stand = stand
    this.home = home
    this.random = random
    mkdirSync(home)
    process.once('exit', () => this.bots.at(-1)?.process.kill('SIGKILL'))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  }

  get current(): Bot {
    const bot = this.bots.at(-1)
    if (!bot) throw new Error('The bot was not started')
    return bot
  }
  get whenLost(): Promise<Loss> {
    return this.lost.promise
  }

  async start(): Promise<void> {
    const started = performance.now()
    this.bots.push(await startBot(this.stand, this.home, { METRICS_PORT: '0', LOG_LEVEL: 'debug' }))
    await until(
      () => this.stand.gateway.isConnected,
      () => 'not connected',
    )
    this.isUp = true
    this.slowestStart = Math.max(this.slowestStart, performance.now() - started)
  }

  async kill(): Promise<void> {
    const child = this.current.process
    this.forgetStarts()
    this.isUp = false
    this.kills++
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    this.lose('killed')
  }

  /** Asks it to stop. Resolves to its exit status. */
  async stop(): Promise<number | null> {
    this.isUp = false
    const status = await this.current.stop()
    this.lose('killed')
    return status
  }

  /**
   * A bot that was started so often waits for minutes, so that Discord does not take its token away: not this one. It is
   * done while the bot runs, so that what a kill left behind is found by the bot itself.
   */
  private forgetStarts(): void {
    const database = new SQLite(join(this.home, 'mekiki.sqlite'))
    database.prepare(`delete from expiring where key = 'starts'`).run()
    database.close()
  }

  /** From now on some calls are refused, as by a Discord that has a bad day. */
  makeTrouble(): void {
    this.stand.faultOf = () => {
      const dice = this.random()
      if (dice > SHARE_RATE_LIMITED + SHARE_FAILED) return undefined
      this.faults++
      const [least, most] = RATE_LIMIT_SECONDS
      if (dice < SHARE_RATE_LIMITED) return { retryAfter: least + (most - least) * this.random() }
      return { status: FAILURES[Math.floor(FAILURES.length * this.random())] ?? 500 }
    }
  }
  endTrouble(): void {
    this.stand.faultOf = () => undefined
  }

  /** The connection breaks, in one of the ways in which it does. */
  dropConnection(): void {
    if (!this.isUp || !this.stand.gateway.isConnected) return
    this.drops++
    const { gateway } = this.stand
    const dice = this.random()
    if (dice < 0.5) gateway.drop()
    else if (dice < 0.8) gateway.reconnect()
    else if (dice < 0.9) gateway.invalidate(true)
    else {
      // What happens before it has identified again, nobody tells it.
      gateway.invalidate(false)
      this.lose('disconnected')
    }
  }

  private lose(loss: Loss): void {
    this.lost.resolve(loss)
    this.lost = Promise.withResolvers<Loss>()
  }
}
