import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { z } from 'zod'
import type { ServiceContext } from '../context.ts'
import { listProcesses, recordProcess, removeProcess, sweepProcesses } from '../db/processes.ts'
import type { ProcessRole } from '../db/schema-processes.ts'
import { readVersion } from '../version.ts'
import { repeat } from './repeat.ts'

/** How often a process says that it lives. */
const BEAT_MS = 5_000
/** A process that has said nothing for so long counts as dead: six signs of life did not come. */
const DEAD_MS = 30_000
/** The dead stay on the list, so that one sees what died. */
const LISTED_MS = 3_600_000
const SWEEP_MS = 60_000
const MICROSECONDS_PER_MS = 1_000

const Count = z.number().min(0)
/** What a process is doing. */
const Load = z.object({
  /** Pictures and calls that wait in it, or that it answers now. */
  waiting: Count,
  calls: Count,
  trainings: Count,
  /** Resident, in bytes. */
  memory: Count,
  /** Cores that it used since the last sign of life, as in 0.5. */
  cpu: Count,
})
type ProcessLoad = z.infer<typeof Load>
const NO_LOAD: ProcessLoad = { waiting: 0, calls: 0, trainings: 0, memory: 0, cpu: 0 }
const Shards = z.array(z.int().min(0))

type Work = Omit<ProcessLoad, 'memory' | 'cpu'>
type Options = {
  role: ProcessRole
  work: () => Work
  /** Those that it holds now. */
  shards?: () => number[]
  onError: (error: unknown) => void
}

export type Heartbeat = {
  id: string
  /** Milliseconds since the database took the last one. */
  silentMs(): number
  /** Takes the process off the list. */
  stop(): Promise<void>
}

/** Puts this process on the list of all processes, and keeps it there until it is stopped. */
export async function startHeartbeat({ db }: Pick<ServiceContext, 'db'>, options: Options): Promise<Heartbeat> {
  const { role, work, shards = () => [], onError } = options
  const fixed = { id: randomUUID(), role, host: hostname(), pid: process.pid, version: readVersion() }
  const share = watchProcessor()
  let [tookAt, sweptAt] = [performance.now(), 0]
  const beat = async (): Promise<void> => {
    const load: ProcessLoad = { ...work(), memory: process.memoryUsage.rss(), cpu: share() }
    const state = { shards: JSON.stringify(shards()), load: JSON.stringify(load), clockMs: Date.now() }
    await recordProcess(db, { ...fixed, ...state })
    tookAt = performance.now()
    if (sweptAt !== 0 && tookAt - sweptAt < SWEEP_MS) return
    sweptAt = tookAt
    await sweepProcesses(db, LISTED_MS)
  }
  await beat()
  const beating = repeat(beat, { everyMs: BEAT_MS, onError })
  return {
    id: fixed.id,
    silentMs: () => performance.now() - tookAt,
    async stop() {
      await beating.stop()
      await removeProcess(db, fixed.id)
    },
  }
}

/** @returns what says how many cores this process used since it was asked last */
function watchProcessor(): () => number {
  let [at, used] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(used)
    const elapsed = performance.now() - at
    ;[at, used] = [performance.now(), process.cpuUsage()]
    return elapsed === 0 ? 0 : Math.round((100 * (user + system)) / MICROSECONDS_PER_MS / elapsed) / 100
  }
}

/** A process as it last said. `silentMs`: since then; `clockMs`: how far its clock is ahead of the database's. */
export type ListedProcess = {
  id: string
  role: ProcessRole
  host: string
  pid: number
  version: string
  startedAt: string
  seenAt: string
  silentMs: number
  clockMs: number
  alive: boolean
  shards: number[]
  load: ProcessLoad
}

/** All processes that stand on this database, and those that died within the hour. */
export async function readProcesses({ db }: Pick<ServiceContext, 'db'>): Promise<ListedProcess[]> {
  const rows = await listProcesses(db)
  return rows.map(({ startedAt, seenAt, shards, load, ...row }) => ({
    ...row,
    startedAt: new Date(startedAt).toISOString(),
    seenAt: new Date(seenAt).toISOString(),
    alive: row.silentMs < DEAD_MS,
    shards: Shards.safeParse(parse(shards)).data ?? [],
    load: Load.safeParse(parse(load)).data ?? NO_LOAD,
  }))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
