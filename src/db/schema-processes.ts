// Processes of Mekiki that stand on one database; schema.ts has the rules.

/** What a process does: one thing, or all four. */
export type ProcessRole = 'all' | 'gateway' | 'inference' | 'training' | 'web'

/** A row lives as long as its process says that it does. */
export type ProcessTable = {
  /** Random, of this start. */
  id: string
  role: ProcessRole
  host: string
  pid: number
  /** Of the program. */
  version: string
  /** By the database's clock, as `seen_at`. */
  started_at: number
  /** When it said last that it lives. */
  seen_at: number
  /** What its machine's clock said then. */
  clock_ms: number
  /** JSON: number[]; those that it holds. */
  shards: string
  /** JSON: ProcessLoad (services/process-registry.ts). */
  load: string
}
