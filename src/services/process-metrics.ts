import { statfs } from 'node:fs/promises'
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { config } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { type CounterName, counters } from '../counters.ts'
import { readCallBacklog } from '../db/call-leases.ts'
import { isPostgres } from '../db/engine.ts'
import { readDatabaseBytes } from '../db/storage.ts'
import { problems } from '../logger.ts'

/** Name, meaning, and how it is read whenever somebody asks. */
type State = [name: string, help: string, read: () => number | Promise<number>]

/** What is so at the moment that somebody asks. */
export function watchStates(registry: Registry, states: State[]): void {
  for (const [name, help, read] of states)
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read())
      },
    })
}

/**
 * What Prometheus can ask of any process. Names and codes only: never who, where or what.
 * @param role where the process has one of several; metrics carry it as a label
 */
export function openProcessMetrics(app: ServiceContext, role: string | undefined): Registry {
  const registry = new Registry()
  if (role !== undefined) registry.setDefaultLabels({ role })
  collectDefaultMetrics({ register: registry })
  watchStates(registry, statesOf(app))
  if (isPostgres(app.db)) watchStates(registry, sharedStatesOf(app))
  watchCounters(registry)
  return registry
}

const statesOf = (app: ServiceContext): State[] => [
  ['mekiki_queue_waiting', 'Pictures that wait for their turn', () => app.queue.waitingCount],
  ['mekiki_trainings_waiting', 'Trainings that wait for their turn', () => app.trainingQueue.waitingCount],
  [
    'mekiki_picture_seconds',
    'From reading a picture to its features: the median of the latest',
    () => (app.latency.summary().milliseconds ?? 0) / MS_PER_S,
  ],
  ['mekiki_database_bytes', 'Size of the database', () => readDatabaseBytes(app.db)],
  ['mekiki_disk_free_bytes', 'Room that is left on the disk of the data folder', freeBytes],
]

/** Over all processes: whoever scales them looks at any one. */
const sharedStatesOf = ({ db }: ServiceContext): State[] => [
  ['mekiki_calls_waiting', 'Calls that nobody has taken yet', async () => (await readCallBacklog(db)).waiting],
  [
    'mekiki_calls_oldest_seconds',
    'How long the first of them has waited',
    async () => (await readCallBacklog(db)).oldestMs / MS_PER_S,
  ],
]

const MS_PER_S = 1_000

/** `scale`: of what is counted in another unit than is served. */
const COUNTED: Record<CounterName, { name: string; help: string; scale?: number }> = {
  callsCommitted: {
    name: 'mekiki_calls_committed_total',
    help: 'Calls that this process wrote down before acknowledging',
  },
  callsClaimed: { name: 'mekiki_calls_claimed_total', help: 'Calls that this process took to answer' },
  callsFinished: { name: 'mekiki_calls_finished_total', help: 'Calls that this process answered' },
  callsLapsed: {
    name: 'mekiki_calls_lapsed_total',
    help: 'Calls taken again after another process had let them lapse',
  },
  trainingsFinished: { name: 'mekiki_trainings_finished_total', help: 'Trainings that this process finished' },
  trainingsFailed: { name: 'mekiki_trainings_failed_total', help: 'Trainings of this process that failed' },
  leasesLost: { name: 'mekiki_leases_lost_total', help: 'Leases that another process took over' },
  restRequests: { name: 'mekiki_discord_requests_total', help: 'Requests to Discord that count against its limit' },
  restWaited: {
    name: 'mekiki_discord_wait_seconds_total',
    help: 'Time that requests waited for the limit that all processes share',
    scale: 1 / MS_PER_S,
  },
  objectRequests: { name: 'mekiki_object_requests_total', help: 'Requests to the store of pictures' },
  objectFailures: { name: 'mekiki_object_failures_total', help: 'Requests to the store of pictures that failed' },
}

function watchCounters(registry: Registry): void {
  for (const [key, { name, help, scale = 1 }] of Object.entries(COUNTED) as [
    CounterName,
    (typeof COUNTED)[CounterName],
  ][])
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(counters[key] * scale)
      },
    })
  new Counter({
    name: 'mekiki_problems_total',
    help: 'Warnings and errors in the log',
    labelNames: ['level'],
    registers: [registry],
    collect() {
      this.reset()
      this.inc({ level: 'warn' }, problems.warn)
      this.inc({ level: 'error' }, problems.error)
    },
  })
}

async function freeBytes(): Promise<number> {
  const { bavail, bsize } = await statfs(config.home)
  return bavail * bsize
}
