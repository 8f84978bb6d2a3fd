import { setTimeout as sleep } from 'node:timers/promises'
import { count as countEvent } from '../../counters.ts'
import type { Database } from '../../db/connection.ts'
import {
  decideAboutShards,
  leaveCluster,
  releaseShard,
  type ShardChanges,
  type ShardCluster,
  shardIsReady,
  startDraining,
} from '../../db/shards.ts'
import type { Logger } from '../../logger.ts'
import { planShards } from './plan.ts'

/** Between looks at who holds what, each of which renews the leases. */
const TICK_MS = 1_000
/** After a shard could not be started. */
const PAUSE_MS = 10_000
/** A stop waits so long for others to have taken over, and so much longer for each shard: sessions begin apart. */
const [HAND_OVER_MS, HAND_OVER_MS_A_SHARD] = [15_000, 6_000]

/** A session that serves. `close`: it answers what it has begun, and ends. */
export type RunningShard = { close(): Promise<void> }
/** `isContinued`: another session of the shard serves until this one does, so that nothing was missed. */
export type ShardStart = { shard: number; count: number; isContinued: boolean; signal: AbortSignal }

type HeldShardsOptions = {
  db: Database
  gateway: string
  log: Logger
  maxStarting: number
  settledMs: number
  /** Resolves once the session serves. */
  start(start: ShardStart): Promise<RunningShard>
}

type Held = { stop: AbortController; running: Promise<RunningShard | undefined>; isClosing: boolean }

/** Holds this gateway's part of the shards, as the database has it. */
export class HeldShards {
  private readonly held = new Map<number, Held>()
  private readonly options: HeldShardsOptions
  private readonly stopped = new AbortController()
  private loop: Promise<void> = Promise.resolve()
  private pausedUntil = 0
  private hasFailed = false

  constructor(options: HeldShardsOptions) {
    this.options = options
  }

  /** Those that it holds, in order. */
  get shards(): number[] {
    return [...this.held.keys()].sort((a, b) => a - b)
  }

  /** How long handing over may take. */
  get handOverMs(): number {
    return HAND_OVER_MS + HAND_OVER_MS_A_SHARD * this.held.size
  }

  /** Resolves once what it took first serves, or nothing was free. */
  async begin(): Promise<void> {
    await this.tick()
    this.loop = this.run()
    await Promise.all([...this.held.values()].map(({ running }) => running))
  }

  /** Hands its shards over to other gateways, where there are some. What they have not taken in time is left to them. */
  async drain(): Promise<void> {
    this.stopped.abort()
    await this.loop
    const { db, gateway } = this.options
    const end = performance.now() + this.handOverMs
    // What does not serve yet has nothing to hand over.
    await startDraining(db, gateway).catch(() => {})
    while (this.held.size > 0 && performance.now() < end) {
      const seen = await this.tick()
      if (!seen?.gateways.some(({ isDraining }) => !isDraining)) break
      await sleep(TICK_MS)
    }
  }

  /** Ends all sessions. */
  async close(): Promise<void> {
    this.stopped.abort()
    await this.loop
    await Promise.all(this.shards.map((shard) => this.end(shard)))
    const { db, gateway } = this.options
    await leaveCluster(db, gateway).catch(() => {})
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped
    for (;;) {
      await sleep(TICK_MS, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      await this.tick()
    }
  }

  /** Undefined: the database does not answer. Then it keeps what it holds: nobody else can take anything either. */
  private async tick(): Promise<(ShardCluster & ShardChanges) | undefined> {
    const { db, gateway, log } = this.options
    try {
      const seen = await decideAboutShards(db, gateway, (cluster) => this.plan(cluster))
      if (this.hasFailed) log.info('the database answers again')
      this.hasFailed = false
      this.follow(seen)
      return seen
    } catch (err) {
      if (!this.hasFailed)
        log.warn({ err }, 'the database does not say who holds which shards: nothing changes meanwhile')
      this.hasFailed = true
      return undefined
    }
  }

  private plan(cluster: ShardCluster): ShardChanges {
    const changes = planShards({ ...cluster, ...this.options })
    return performance.now() < this.pausedUntil ? { ...changes, take: [] } : changes
  }

  private follow({ shardCount, gateways, sessions, take, drain }: ShardCluster & ShardChanges): void {
    const { gateway, log } = this.options
    const own = new Set(sessions.filter((s) => s.gateway === gateway).map(({ shard }) => shard))
    // Before anything else: others serve what was taken away while this process did not run.
    for (const [shard, { isClosing }] of this.held)
      if (!own.has(shard) && !isClosing) {
        countEvent('leasesLost')
        log.warn({ shard }, 'another gateway holds this shard: it was silent for too long')
        void this.end(shard)
      }
    for (const shard of take)
      this.start(
        shard,
        shardCount,
        sessions.some((session) => session.shard === shard),
      )
    if (drain.length > 0) log.info({ shards: drain }, 'handing over')
    const isDraining = gateways.some(({ id, isDraining }) => id === gateway && isDraining)
    for (const { shard, state } of sessions.filter((session) => session.gateway === gateway)) {
      const isTaken = sessions.some((s) => s.shard === shard && s.gateway !== gateway && s.state === 'ready')
      if ((state === 'draining' && isTaken) || (state === 'starting' && isDraining)) void this.end(shard)
    }
  }

  private start(shard: number, count: number, isContinued: boolean): void {
    const { db, gateway, log, start } = this.options
    const stop = new AbortController()
    const begin = async (): Promise<RunningShard | undefined> => {
      try {
        const running = await start({ shard, count, isContinued, signal: stop.signal })
        await shardIsReady(db, gateway, shard)
        log.info({ shard, count }, 'the shard is served')
        return running
      } catch (err) {
        if (stop.signal.aborted) return undefined
        log.warn({ err, shard }, 'the shard could not be started: it is tried again')
        this.pausedUntil = performance.now() + PAUSE_MS
        void this.end(shard)
        return undefined
      }
    }
    this.held.set(shard, { stop, isClosing: false, running: begin() })
  }

  private async end(shard: number): Promise<void> {
    const held = this.held.get(shard)
    if (!held || held.isClosing) return
    held.isClosing = true
    held.stop.abort()
    const { db, gateway, log } = this.options
    try {
      const running = await held.running
      await running?.close()
    } catch (err) {
      log.error({ err, shard }, 'unexpected error')
    }
    this.held.delete(shard)
    await releaseShard(db, gateway, shard).catch(() => {})
    log.info({ shard }, 'the shard was let go')
  }
}
