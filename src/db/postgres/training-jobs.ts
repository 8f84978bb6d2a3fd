import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Transaction } from '../kysely.ts'
import type { Schema } from '../schema.ts'

// Trainings as jobs of pg-boss, keyed by dataset: one waits and one runs at most (its policy `stately`).

const [SCHEMA, QUEUE] = ['mekiki_jobs', 'trainings']
/** Connections of a process beside those of the database: jobs are few. */
const POOL_SIZE = 2
/** A job whose holder says nothing for so long is begun again by another; between looks for such jobs. */
const [LEASE_S, LOOK_S] = [20, 5]
/** Between two signs of life of a job's holder. */
export const RENEW_S = 5
/** Ended jobs are kept until whoever asked has seen the outcome; what waits or runs longer than this is given up. */
const [KEPT_S, MAX_WAIT_S, MAX_RUN_S] = [300, 24 * 3600, 6 * 3600]
/** How often a training is begun again whose process died or stopped. */
const RETRIES = 10
/** Between deletions of ended jobs. */
const MAINTENANCE_S = 60
/** Between signs of life of a process that trains; the third that is missing means that it is gone. */
const SIGN_OF_LIFE_S = 5
const TRAINER = 'trainer'
/** Of a dataset: those that wait or run, and those of the last minutes. */
const MAX_LISTED = 1_000

/** One beginning of a job: whoever has it may go on as long as nobody else began the job again. */
type Attempt = { id: string; retryCount: number }
export type TakenJob = Attempt & { dataset: number; data: unknown }
type FoundJob = Attempt & { state: 'waiting' | 'running' | 'done' | 'given-up'; output: unknown }

/** Whether a job that was given up was begun as often as it may be: otherwise it gave way to another one of its dataset. */
export const wereTried = ({ retryCount }: FoundJob): boolean => retryCount >= RETRIES

/** `trains`: this process takes jobs, and looks for those of processes that died. */
type Options = { url: string; trains?: boolean; onError?: (error: unknown) => void }

const QUEUE_OPTIONS = {
  policy: 'stately',
  heartbeatSeconds: LEASE_S,
  expireInSeconds: MAX_RUN_S,
  retentionSeconds: MAX_WAIT_S,
  deleteAfterSeconds: KEPT_S,
  retryLimit: RETRIES,
  retryDelay: 0,
}

/** pg-boss is loaded, and its schema made, when the first training is asked for. */
export class TrainingJobs {
  private readonly options: Options
  private starting: Promise<PgBoss> | undefined

  constructor(options: Options) {
    this.options = options
  }

  /** On connections of its own. @param onError told of what fails beside the trainings */
  ofTrainer(onError: (error: unknown) => void = () => {}): TrainingJobs {
    return new TrainingJobs({ url: this.options.url, trains: true, onError })
  }

  /** @returns its id; undefined: one of the dataset waits already. @param job `priority`: the highest comes first */
  async add(dataset: number, { data, priority }: { data: object; priority: number }): Promise<string | undefined> {
    const boss = await this.boss()
    return (await boss.send(QUEUE, { ...data, dataset }, { singletonKey: String(dataset), priority })) ?? undefined
  }

  /** The jobs of a dataset, the oldest first. */
  async find(dataset: number): Promise<FoundJob[]> {
    const found = await (await this.boss()).findJobs(QUEUE, { key: String(dataset), limit: MAX_LISTED })
    return found.map(toFound)
  }

  /** Undefined: it was deleted some minutes after it had ended. */
  async read(id: string): Promise<FoundJob | undefined> {
    const [job] = await (await this.boss()).findJobs(QUEUE, { id, limit: 1 })
    return job && toFound(job)
  }

  /** How many wait whose data contain this, up to a number. */
  async countWaiting(data: object, limit: number): Promise<number> {
    return (await (await this.boss()).findJobs(QUEUE, { data, queued: true, limit })).length
  }

  /** Whether any process has lately said that it takes jobs. */
  async areTaken(): Promise<boolean> {
    return (await (await this.boss()).getInstances()).some(({ live, name }) => live && name === TRAINER)
  }

  /** The next job; its lease begins. */
  async take(): Promise<TakenJob | undefined> {
    const [job] = await (await this.boss()).fetch<{ dataset: number }>(QUEUE, { batchSize: 1, includeMetadata: true })
    return job && { id: job.id, retryCount: job.retryCount, dataset: job.data.dataset, data: job.data }
  }

  /** @returns whether it is still held */
  async renew(attempt: Attempt): Promise<boolean> {
    return wasFound(await (await this.boss()).touch(QUEUE, attempt))
  }

  /** In a transaction, which then has the job locked: nobody begins it again before the end of that. @returns whether it is held */
  async isHeld(t: Transaction<Schema>, attempt: Attempt): Promise<boolean> {
    const { fromKysely } = await import('pg-boss')
    return wasFound(await (await this.boss()).touch(QUEUE, attempt, { db: fromKysely(t) }))
  }

  /** Ends it, if it is still held. */
  async finish(attempt: Attempt, output: object): Promise<void> {
    await (await this.boss()).complete(QUEUE, attempt, output)
  }

  /** Lets another process begin it again, at once. */
  async giveBack(attempt: Attempt): Promise<void> {
    await (await this.boss()).fail(QUEUE, attempt, { message: 'its process stopped' })
  }

  async close(): Promise<void> {
    const boss = await this.starting?.catch(() => undefined)
    await boss?.stop({ graceful: false })
  }

  private boss(): Promise<PgBoss> {
    // What could not be started may be there later.
    this.starting ??= this.start().catch((error) => {
      this.starting = undefined
      throw error
    })
    return this.starting
  }

  private async start(): Promise<PgBoss> {
    const { PgBoss } = await import('pg-boss')
    const { url, trains = false, onError = () => {} } = this.options
    const boss = new PgBoss({
      connectionString: url,
      application_name: 'mekiki jobs',
      schema: SCHEMA,
      max: POOL_SIZE,
      // Nothing is scheduled by it: its cron would be a second clock beside those of the datasets.
      schedule: false,
      supervise: trains,
      superviseIntervalSeconds: LOOK_S,
      monitorIntervalSeconds: LOOK_S,
      maintenanceIntervalSeconds: MAINTENANCE_S,
      registerInstance: trains,
      ...(trains && { instanceName: TRAINER }),
      instanceHeartbeatSeconds: SIGN_OF_LIFE_S,
      // Few rows: neither their indexes nor their vacuum need looking after.
      reindex: false,
      monitorVacuum: false,
    })
    boss.on('error', onError)
    await boss.start()
    await boss.createQueue(QUEUE, QUEUE_OPTIONS)
    return boss
  }
}

/** Whether it was done to the job: it is not where the attempt is over. pg-boss declares no such key. */
const Response = z.object({ affected: z.number() })
const wasFound = (response: object): boolean => Response.parse(response).affected > 0

const STATES = {
  created: 'waiting',
  retry: 'waiting',
  active: 'running',
  completed: 'done',
  cancelled: 'given-up',
  failed: 'given-up',
} as const

const toFound = ({ id, retryCount, state, output }: JobWithMetadata<unknown>): FoundJob => ({
  id,
  retryCount,
  state: STATES[state],
  output,
})
