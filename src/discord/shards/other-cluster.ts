import type { Database } from '../../db/connection.ts'
import { countForeignSessions } from '../../db/token-limits.ts'
import type { Logger } from '../../logger.ts'

// Discord does not say who else uses a token. Two installations on two databases answer everything twice, and each marks what the other adds as
// its own: what can be seen of it is what Discord refuses, and sessions that none of these processes began.

/** Interactions that somebody else had answered, within this time, until it is said: one alone may be a hand-over. */
const [MAX_TAKEN, WITHIN_MS] = [5, 10 * 60_000]
/** It is said once in so long. */
const SAY_AGAIN_MS = 3600_000
/** Sessions that begin while one process reads and another counts. */
const UNCERTAIN = 2

/** Notices another installation on the same token. */
export class OtherCluster {
  private readonly log: Logger
  private taken: number[] = []
  private saidAt = Number.NEGATIVE_INFINITY

  constructor(log: Logger) {
    this.log = log
  }

  /** Discord refused an answer because there was one: these processes give one alone. */
  noteTaken(): void {
    const now = performance.now()
    this.taken = [...this.taken.filter((at) => now - at < WITHIN_MS), now]
    if (this.taken.length >= MAX_TAKEN) this.say({ taken: this.taken.length })
  }

  /** @param remaining sessions that Discord says may begin until it counts anew; `maxConcurrency`: that may begin at once */
  async noteRemaining(
    db: Database,
    { remaining, maxConcurrency }: { remaining: number; maxConcurrency: number },
  ): Promise<void> {
    const foreign = await countForeignSessions(db, remaining)
    if (foreign > UNCERTAIN * maxConcurrency) this.say({ sessions: foreign })
  }

  private say(seen: object): void {
    if (performance.now() - this.saidAt < SAY_AGAIN_MS) return
    this.saidAt = performance.now()
    this.log.warn(
      { code: 'shards.two-clusters', ...seen },
      'another program uses the same DISCORD_TOKEN with another database, and people are answered twice: stop one of the two, or reset the token',
    )
  }
}
