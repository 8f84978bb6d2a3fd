import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from '../kysely.ts'
import { Mutex } from './mutex.ts'
import { DatabaseThread, type Row } from './thread.ts'

type SqliteThreadsConfig = {
  file: string
  /** Threads that only read; 0: everything goes through the one that writes. */
  readers: number
  busyTimeoutMs: number
}

export type Threads = { writer: DatabaseThread; readers: DatabaseThread[] }

/** Starts the threads, which open the file with their first query: meanwhile it can be made ready. */
export function startThreads({ file, readers, busyTimeoutMs }: SqliteThreadsConfig): Threads {
  const start = (writes: boolean) => new DatabaseThread({ file, busyTimeoutMs, writes })
  return { writer: start(true), readers: Array.from({ length: readers }, () => start(false)) }
}

export async function closeThreads({ writer, readers }: Threads): Promise<void> {
  await Promise.all([writer, ...readers].map((thread) => thread.close()))
}

/**
 * SQLite behind threads: one connection writes, others read, so that the main thread never waits for the disk, and a
 * read never waits for a write lock. A transaction has the writing connection to itself.
 */
export class SqliteThreadsDialect implements Dialect {
  private readonly threads: Threads
  constructor(threads: Threads) {
    this.threads = threads
  }
  createAdapter() {
    return new SqliteAdapter()
  }
  createQueryCompiler() {
    return new SqliteQueryCompiler()
  }
  createIntrospector(db: Kysely<unknown>) {
    return new SqliteIntrospector(db)
  }
  createDriver(): Driver {
    return new ThreadsDriver(this.threads)
  }
}

class ThreadsDriver implements Driver {
  private readonly threads: Threads
  private readonly writing = new Mutex()

  constructor(threads: Threads) {
    this.threads = threads
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ThreadsConnection> {
    return new ThreadsConnection(this.threads, this.writing)
  }

  async beginTransaction(connection: ThreadsConnection): Promise<void> {
    await connection.begin()
  }

  async commitTransaction(connection: ThreadsConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: ThreadsConnection): Promise<void> {
    await connection.rollback()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await closeThreads(this.threads)
  }
}

class ThreadsConnection implements DatabaseConnection {
  private readonly writer: DatabaseThread
  private readonly readers: DatabaseThread[]
  private readonly writing: Mutex
  private release: (() => void) | undefined

  constructor({ writer, readers }: Threads, writing: Mutex) {
    this.writer = writer
    this.readers = readers
    this.writing = writing
  }

  /** Takes the write lock at once: a transaction that reads first and then writes would fail beside another process. */
  async begin(): Promise<void> {
    const release = await this.writing.lock()
    try {
      await run(this.writer, CompiledQuery.raw('begin immediate'))
      this.release = release
    } catch (error) {
      release()
      throw error
    }
  }

  /** Keeps the lock where it fails: Kysely then rolls back. */
  async commit(): Promise<void> {
    await run(this.writer, CompiledQuery.raw('commit'))
    this.finish()
  }

  async rollback(): Promise<void> {
    try {
      await run(this.writer, CompiledQuery.raw('rollback'))
    } catch {
      // A full disk ends a transaction by itself: to complain that there is none would hide why.
    } finally {
      this.finish()
    }
  }

  private finish(): void {
    this.release?.()
    this.release = undefined
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.release) return run(this.writer, query)
    const reader = isRead(query) ? leastLoaded(this.readers) : undefined
    if (reader) return run(reader, query)
    const release = await this.writing.lock()
    try {
      return await run(this.writer, query)
    } finally {
      release()
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }
}

async function run<R>(thread: DatabaseThread, { sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
  const parts: Row[][] = []
  const { changes, insertId } = await thread.query(sql, parameters, (rows) => parts.push(rows))
  const rows = (parts.length === 1 ? parts[0] : parts.flat()) as R[] | undefined
  if (parts.length > 0) return { rows: rows ?? [] }
  return { rows: [], numAffectedRows: BigInt(changes), ...(insertId !== null && { insertId: BigInt(insertId) }) }
}

const isRead = ({ query, sql }: CompiledQuery): boolean =>
  query.kind === 'SelectQueryNode' || /^\s*(select|pragma (quick_check|foreign_key_check))\b/i.test(sql)

const leastLoaded = (threads: DatabaseThread[]): DatabaseThread | undefined =>
  threads.reduce<DatabaseThread | undefined>((best, next) => (best && best.load <= next.load ? best : next), undefined)
