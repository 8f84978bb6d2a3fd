import type { ServiceContext } from '../context.ts'
import { listChangedServers } from '../db/audit.ts'
import { readChangeMark } from '../db/change-marks.ts'
import { tellHeard } from './heard-events.ts'
import { type Repeating, repeat } from './repeat.ts'
import { readSettings, type Settings } from './settings.ts'

/** A server's settings take about a kilobyte. */
const MAX_SERVERS = 5_000
/** Between looks at what other processes changed. */
const LOOK_MS = 1_000
/** After so long without a look, what is kept counts no more. */
const MAX_AGE_MS = 10_000

type Source = Pick<ServiceContext, 'db' | 'events'>

/** Milliseconds: between looks at what other processes changed; the age from which nothing that is kept counts. */
type Pace = { lookMs: number; maxAgeMs: number }

/**
 * The settings of servers, in memory, so that an answer need not wait for the database. Every change is in the audit log,
 * whoever made it: this process drops what it changed at once, and what another one changed with its next look.
 * @param onError told when a look fails; what is kept then ages
 */
export class SettingsCache {
  private readonly source: Source
  private readonly pace: Pace
  /** The least recently read first. */
  private readonly kept = new Map<string, Settings>()
  private readonly reading = new Map<string, Promise<Settings>>()
  /** The last change that was looked at. */
  private seen: number | undefined
  private lookedAt = Number.NEGATIVE_INFINITY
  private readonly looking: Repeating

  constructor(
    source: Source,
    onError: (error: unknown) => void,
    pace: Pace = { lookMs: LOOK_MS, maxAgeMs: MAX_AGE_MS },
  ) {
    this.source = source
    this.pace = pace
    source.events.on('settingsChanged', this.drop)
    this.looking = repeat(() => this.look(), { everyMs: pace.lookMs, onError })
    void this.looking.now()
  }

  async close(): Promise<void> {
    this.source.events.off('settingsChanged', this.drop)
    await this.looking.stop()
  }

  /** What is in memory; undefined: it has to be read. */
  known(server: string): Settings | undefined {
    if (performance.now() - this.lookedAt > this.pace.maxAgeMs) return undefined
    const settings = this.kept.get(server)
    if (settings) this.keep(server, settings)
    return settings
  }

  async read(server: string): Promise<Settings> {
    return this.known(server) ?? this.load(server)
  }

  /** As they are in the database now. */
  readAnew(server: string): Promise<Settings> {
    this.drop(server)
    return this.load(server)
  }

  /** How many servers' settings are kept. */
  get size(): number {
    return this.kept.size
  }

  private load(server: string): Promise<Settings> {
    const running = this.reading.get(server)
    if (running) return running
    const reading = readSettings(this.source.db, server)
    this.reading.set(server, reading)
    const end = (settings?: Settings): void => {
      // Changed while it was read: what was read may be older than the change.
      if (this.reading.get(server) !== reading) return
      this.reading.delete(server)
      if (settings) this.keep(server, settings)
    }
    reading.then(end, () => end())
    return reading
  }

  private keep(server: string, settings: Settings): void {
    this.kept.delete(server)
    this.kept.set(server, settings)
    const [oldest] = this.kept.keys()
    if (this.kept.size > MAX_SERVERS && oldest !== undefined) this.kept.delete(oldest)
  }

  private readonly drop = (server: string): void => {
    this.kept.delete(server)
    this.reading.delete(server)
  }

  private async look(): Promise<void> {
    const startedAt = performance.now()
    const { db, events } = this.source
    const until = await readChangeMark(db)
    if (this.seen === undefined) {
      // What was read before the first look may have changed before it.
      this.kept.clear()
      this.reading.clear()
    } else if (until > this.seen)
      for (const server of await listChangedServers(db, { after: this.seen, until }))
        tellHeard(events, 'settingsChanged', () => events.emit('settingsChanged', server))
    this.seen = until
    this.lookedAt = startedAt
  }
}
