// A database thread: runs one query after another, and takes turns between long results, so that a large one does not hold up a small one.
import SQLite from 'better-sqlite3'
import { requireParentPort } from '../../parent-port.ts'
import { packRows } from './pack-rows.ts'
import type { Connection, Reply, Request } from './protocol.ts'

/** Instead of 16 MB: copies and features, which are most of the data, are read once, and the system caches the file. */
const CACHE_KIB = 4000

const port = requireParentPort()
let connection: Connection | undefined
let database: SQLite.Database | undefined

/** With the first query: until then the main thread may still be making the file ready. */
function openFile(): SQLite.Database {
  if (!connection) throw new Error('A query came before the connection')
  const { file, writes, busyTimeoutMs } = connection
  const opened = new SQLite(file, { timeout: busyTimeoutMs, readonly: !writes })
  // What is deleted or encrypted is overwritten, not only let go.
  if (writes) {
    opened.pragma('synchronous = FULL')
    opened.pragma('secure_delete = ON')
    opened.pragma('foreign_keys = ON')
  }
  opened.pragma(`cache_size = -${CACHE_KIB}`)
  return opened
}

const statements = new Map<string, SQLite.Statement>()
const MAX_STATEMENTS = 200

function prepare(sql: string): SQLite.Statement {
  const known = statements.get(sql)
  // A statement that is being read cannot start again.
  if (known && !known.busy) return known
  database ??= openFile()
  const statement = database.prepare(sql)
  if (statements.size >= MAX_STATEMENTS) statements.clear()
  statements.set(sql, statement)
  return statement
}

const reply = (message: Reply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)

function* run({ id, sql, parameters }: Extract<Request, { kind: 'query' }>): Generator<void> {
  const statement = prepare(sql)
  if (!statement.reader) {
    const { changes, lastInsertRowid } = statement.run(...parameters)
    return reply({ id, kind: 'done', changes, insertId: Number(lastInsertRowid) })
  }
  const columns = statement.columns().map((column) => column.name)
  const rows = statement.raw().iterate(...parameters) as IterableIterator<unknown[]>
  for (const packed of packRows(columns, rows)) {
    reply({ id, kind: 'rows', rows: packed }, [packed.bytes])
    yield
  }
  reply({ id, kind: 'done', changes: 0, insertId: null })
}

function fail(id: number, error: unknown): void {
  const { code, message } = error as { code?: unknown; message?: unknown }
  reply({ id, kind: 'failed', code: typeof code === 'string' ? code : '', message: String(message ?? error) })
}

/** Results that are being read. A writing connection has one at a time: SQLite does not change what it iterates over. */
const open: { id: number; steps: Generator<void> }[] = []
const waiting: Extract<Request, { kind: 'query' }>[] = []
let isScheduled = false

function work(): void {
  const writes = connection?.writes ?? false
  isScheduled = false
  while (waiting.length > 0 && (open.length === 0 || !writes)) {
    const request = waiting.shift()
    if (request) open.push({ id: request.id, steps: run(request) })
    if (writes) break
  }
  const current = open.shift()
  if (current) {
    try {
      if (!current.steps.next().done) open.push(current)
    } catch (error) {
      fail(current.id, error)
    }
  }
  schedule()
}

function schedule(): void {
  if (isScheduled || (open.length === 0 && waiting.length === 0)) return
  isScheduled = true
  setImmediate(work)
}

port.on('message', (request: Request) => {
  if (request.kind === 'connect') connection = request
  else if (request.kind === 'close') {
    database?.close()
    reply({ id: request.id, kind: 'done', changes: 0, insertId: null })
    port.close()
  } else {
    waiting.push(request)
    schedule()
  }
})
