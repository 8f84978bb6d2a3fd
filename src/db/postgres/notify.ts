import type { Client } from 'pg'
import { type Kysely, sql } from '../kysely.ts'
import type { Schema } from '../schema.ts'
import { clientOptions } from './client-options.ts'

// Short messages between processes through the database. They are hints: those of a moment without a connection are lost.

/** What PostgreSQL lets a message have. */
const MAX_BYTES = 7_999
/** Until a lost connection is made again: the first time, and at most. */
const [FIRST_DELAY_MS, LAST_DELAY_MS] = [100, 5_000]
/** Between questions whether the connection still stands, and how long an answer may take. */
const [PROBE_MS, PROBE_TIMEOUT_MS] = [30_000, 10_000]

type Handler = (payload: string) => void

/** Tells all who listen, this process too; in a transaction, once it is committed. @param payload at most 7,999 bytes */
export async function notify(db: Kysely<Schema>, channel: string, payload: string): Promise<void> {
  const bytes = Buffer.byteLength(payload)
  if (bytes > MAX_BYTES)
    throw new RangeError(`Expected at most ${MAX_BYTES} bytes to tell on ${channel}, received ${bytes}`)
  await sql`select pg_notify(${channel}, ${payload})`.execute(db)
}

/** Listens on a connection of its own, which is made when somebody listens first, and made again when it is lost. */
export class Listener {
  private readonly url: string
  private readonly handlers = new Map<string, Set<Handler>>()
  private client: Client | undefined
  private connecting: Promise<void> | undefined
  private retry: NodeJS.Timeout | undefined
  private probe: NodeJS.Timeout | undefined
  private delayMs = FIRST_DELAY_MS
  private isClosed = false

  /** @param url postgres://…, not that of a pooler in transaction mode */
  constructor(url: string) {
    this.url = url
  }

  /** Calls a handler with every message of a channel from now on, as long as there is a connection. @returns what ends that */
  async listen(channel: string, handler: Handler): Promise<() => void> {
    const known = this.handlers.get(channel)
    if (known) known.add(handler)
    else this.handlers.set(channel, new Set([handler]))
    await this.connect()
    if (!known) await this.client?.query(`listen ${quoted(channel)}`).catch(() => {})
    return () => void this.handlers.get(channel)?.delete(handler)
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.retry)
    clearInterval(this.probe)
    await this.connecting
    await this.client?.end().catch(() => {})
  }

  private connect(): Promise<void> {
    if (this.client || this.isClosed) return Promise.resolve()
    this.connecting ??= this.open()
      .catch(() => this.connectLater())
      .finally(() => (this.connecting = undefined))
    return this.connecting
  }

  private async open(): Promise<void> {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ ...clientOptions(this.url), query_timeout: PROBE_TIMEOUT_MS })
    client.on('error', () => this.lose(client))
    client.on('end', () => this.lose(client))
    client.on('notification', ({ channel, payload = '' }) => {
      for (const handler of this.handlers.get(channel) ?? []) handler(payload)
    })
    await client.connect()
    for (const channel of this.handlers.keys()) await client.query(`listen ${quoted(channel)}`)
    this.client = client
    this.delayMs = FIRST_DELAY_MS
    this.probe = setInterval(() => {
      client.query('select 1').catch(() => this.lose(client))
    }, PROBE_MS).unref()
  }

  private lose(client: Client): void {
    if (this.client !== client) return
    this.client = undefined
    clearInterval(this.probe)
    client.end().catch(() => {})
    this.connectLater()
  }

  private connectLater(): void {
    if (this.isClosed) return
    clearTimeout(this.retry)
    this.retry = setTimeout(() => void this.connect(), this.delayMs).unref()
    this.delayMs = Math.min(LAST_DELAY_MS, 2 * this.delayMs)
  }
}

const quoted = (channel: string): string => `"${channel.replaceAll('"', '""')}"`
