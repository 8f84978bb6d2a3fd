import type { Worker } from 'node:worker_threads'
import { unpackRows } from './pack-rows.ts'
import type { Connection, Reply, Request } from './protocol.ts'
import { takeWorker } from './start-worker.ts'

export type Row = Record<string, unknown>
type QueryOutcome = { changes: number; insertId: number | null }
type Pending = {
  onRows(rows: Row[]): void
  resolve(outcome: QueryOutcome): void
  reject(error: Error): void
}

/** An error that SQLite reported, with its extended code, as in `SQLITE_BUSY_SNAPSHOT`. */
class SqliteError extends Error {
  override name = 'SqliteError'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** One database connection in a thread of its own. */
export class DatabaseThread {
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  private nextId = 0
  private failure: Error | undefined

  constructor(connection: Connection) {
    this.worker = takeWorker()
    this.worker.postMessage({ kind: 'connect', ...connection } satisfies Request)
    this.worker.on('message', (reply: Reply) => this.receive(reply))
    this.worker.on('error', (error: Error) => this.failAll(error))
    this.worker.on('exit', () => this.failAll(new Error('The database thread has ended')))
    // An open database keeps no process alive; a running query does. Listening has made it do so.
    this.worker.unref()
  }

  /** Queries that have not ended. */
  get load(): number {
    return this.pending.size
  }

  /** Runs one statement. `onRows` receives the rows of a result in parts of at most 5,000 rows or about 4 MB. */
  query(sql: string, parameters: readonly unknown[], onRows: (rows: Row[]) => void): Promise<QueryOutcome> {
    return this.send({ id: this.nextId++, kind: 'query', sql, parameters }, onRows)
  }

  async close(): Promise<void> {
    if (!this.failure) await this.send({ id: this.nextId++, kind: 'close' }, () => {}).catch(() => {})
    await this.worker.terminate()
  }

  private send(request: Exclude<Request, { kind: 'connect' }>, onRows: Pending['onRows']): Promise<QueryOutcome> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(this.failure)
      if (this.pending.size === 0) this.worker.ref()
      this.pending.set(request.id, { onRows, resolve, reject })
      this.worker.postMessage(request)
    })
  }

  private receive(reply: Reply): void {
    const pending = this.pending.get(reply.id)
    if (!pending) return
    if (reply.kind === 'rows') {
      pending.onRows(unpackRows(reply.rows))
      return
    }
    this.pending.delete(reply.id)
    if (this.pending.size === 0) this.worker.unref()
    if (reply.kind === 'done') pending.resolve(reply)
    else pending.reject(new SqliteError(reply.code, reply.message))
  }

  private failAll(error: Error): void {
    this.failure ??= error
    for (const { reject } of this.pending.values()) reject(this.failure)
    this.pending.clear()
  }
}
