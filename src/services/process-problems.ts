import { readWebConfig } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { type ClusterState, readClusterState } from '../db/cluster-state.ts'
import { isPostgres } from '../db/engine.ts'
import type { ProcessRole } from '../db/schema-processes.ts'
import { type ListedProcess, readProcesses } from './process-registry.ts'

/** Difference of a clock from the database's that matters: leases go by the database, but moments that people see do not. */
const MAX_CLOCK_MS = 5_000
/** A call that waits for so long is not taken by whoever should. */
const MAX_WAIT_MS = 30_000

/** What is wrong with the processes as a whole. */
type ProcessProblem =
  | { problem: 'missing'; role: Exclude<ProcessRole, 'all'> }
  | { problem: 'dead'; role: ProcessRole; host: string; pid: number; silentMs: number }
  | { problem: 'versions'; versions: string[] }
  /** `aheadMs`: of the database; less than 0: behind. */
  | { problem: 'clock'; host: string; aheadMs: number }
  | { problem: 'shards'; free: number[]; of: number }
  | { problem: 'calls'; waiting: number; oldestMs: number }

/** `state`: null with SQLite, where one process does it all. */
export type ProcessReport = { processes: ListedProcess[]; problems: ProcessProblem[]; state: ClusterState | null }

/** Every process that stands on this database, what they share, and what is wrong with it. */
export async function reportProcesses(app: ServiceContext): Promise<ProcessReport> {
  const processes = await readProcesses(app)
  if (!isPostgres(app.db)) return { processes, problems: findDead(processes), state: null }
  const state = await readClusterState(app.db)
  const alive = processes.filter((found) => found.alive)
  const problems = [
    ...findMissing(alive),
    ...findDead(processes),
    ...findVersions(alive),
    ...findClocks(alive),
    ...findFreeShards(alive, state),
    ...findStuckCalls(state),
  ]
  return { processes, problems, state }
}

function findMissing(alive: ListedProcess[]): ProcessProblem[] {
  const needed: Exclude<ProcessRole, 'all'>[] = ['gateway', 'inference', 'training']
  if (readWebConfig().url !== undefined) needed.push('web')
  const runs = (role: ProcessRole): boolean => alive.some((found) => found.role === role || found.role === 'all')
  return needed.filter((role) => !runs(role)).map((role) => ({ problem: 'missing', role }))
}

/** Those that ended without a word. */
const findDead = (processes: ListedProcess[]): ProcessProblem[] =>
  processes
    .filter((found) => !found.alive)
    .map(({ role, host, pid, silentMs }) => ({ problem: 'dead', role, host, pid, silentMs }))

function findVersions(alive: ListedProcess[]): ProcessProblem[] {
  const versions = [...new Set(alive.map(({ version }) => version))].sort()
  return versions.length > 1 ? [{ problem: 'versions', versions }] : []
}

/** A machine once, however many processes it has. */
function findClocks(alive: ListedProcess[]): ProcessProblem[] {
  const wrong = alive.filter(({ clockMs }) => Math.abs(clockMs) > MAX_CLOCK_MS)
  return [...new Map(wrong.map(({ host, clockMs }) => [host, clockMs]))].map(([host, aheadMs]) => ({
    problem: 'clock',
    host,
    aheadMs,
  }))
}

/** Where no gateway runs at all, that is said instead. */
function findFreeShards(alive: ListedProcess[], { shards }: ClusterState): ProcessProblem[] {
  const isServed = alive.some(({ role }) => role === 'gateway' || role === 'all')
  if (!shards || !isServed) return []
  const held = new Set(shards.held)
  const free = Array.from({ length: shards.of }, (_, shard) => shard).filter((shard) => !held.has(shard))
  return free.length > 0 ? [{ problem: 'shards', free, of: shards.of }] : []
}

const findStuckCalls = ({ calls }: ClusterState): ProcessProblem[] =>
  calls.oldestMs > MAX_WAIT_MS ? [{ problem: 'calls', ...calls }] : []
