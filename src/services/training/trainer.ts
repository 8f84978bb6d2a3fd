import { availableParallelism } from 'node:os'
import type { ServiceContext } from '../../context.ts'
import type { TrainingJobs } from '../../db/postgres/training-jobs.ts'
import { askForDue } from '../due-trainings.ts'
import { type Reports, runJob } from './run-job.ts'

/** Cores for each training that runs: its threads wait for each other often. */
const CORES_PER_TRAINING = 2
/** Between looks for jobs and for what is due; without another change before a training starts: people add pictures one after the other. */
const [POLL_MS, QUIET_MS] = [500, 4_000]

/** `drain`: takes nothing more, and waits for what runs. `stop`: gives back what runs, so that others begin it at once. */
export type Trainer = { drain(): Promise<void>; stop(): Promise<void> }

/** `jobs`: its own, which it closes. `asks`: whether it also asks for what is due. */
type Options = Reports & { jobs: TrainingJobs; asks?: boolean; pollMs?: number; quietMs?: number }

/**
 * Takes trainings as long as the process lives, as many at once as it has cores for. On PostgreSQL any number of processes
 * do; what one of them begins and does not end, another one begins again.
 */
export function startTrainer(app: ServiceContext, options: Options): Trainer {
  const { jobs, asks = true, pollMs = POLL_MS, quietMs = QUIET_MS, ...reports } = options
  const { onError } = reports
  const concurrency = Math.max(1, Math.floor(availableParallelism() / CORES_PER_TRAINING))
  const running = new Set<Promise<void>>()
  let isStopped = false
  let wake = (): void => {}

  async function take(): Promise<void> {
    while (!isStopped && running.size < concurrency) {
      const job = await jobs.take()
      if (!job) return
      const run = runJob(app, job, { jobs, reports })
        .catch(onError)
        .finally(() => {
          running.delete(run)
          wake()
        })
      running.add(run)
    }
  }

  const pause = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    wake = resolve
    const timer = setTimeout(resolve, pollMs)
    if (!isStopped) await promise
    clearTimeout(timer)
  }

  async function loop(): Promise<void> {
    while (!isStopped) {
      await take().catch(onError)
      await pause()
    }
  }

  /** Beside the jobs, which may take minutes. */
  let asking = Promise.resolve()
  let isAsking = false
  const ask = (): void => {
    if (isAsking) return
    isAsking = true
    asking = askForDue(app, jobs, quietMs)
      .catch(onError)
      .finally(() => (isAsking = false))
  }
  const timer = asks ? setInterval(ask, pollMs) : undefined
  const looping = loop()

  async function endTaking(): Promise<void> {
    isStopped = true
    wake()
    clearInterval(timer)
    await Promise.all([looping, asking])
  }

  return {
    async drain() {
      await endTaking()
      await Promise.all(running)
    },
    async stop() {
      await endTaking()
      await Promise.all([...app.trainings.values()].map((training) => training.stop()))
      await Promise.all(running)
      await jobs.close()
    },
  }
}
