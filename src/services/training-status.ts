import { z } from 'zod'
import type { ServiceContext, TrainingOutcome, TrainingStatus } from '../context.ts'
import { count } from '../counters.ts'
import { listKeys } from '../db/ttl-store.ts'
import { errorCode } from '../errors.ts'
import type { Progress } from '../progress.ts'
import { repeat } from './repeat.ts'

/** Milliseconds: between two writes of how far a training is; after which one that says nothing has died; between looks at others. */
const [WRITE_MS, ALIVE_MS, LOOK_MS] = [1_000, 15_000, 1_000]
const PREFIX = 'training:'

const Running = z.object({
  done: z.number(),
  total: z.number().optional(),
  of: z.enum(['pictures', 'percent', 'mebibytes']),
})

/** `goesOn`: whether it does elsewhere after an error, so that it has not failed. */
type Telling = { goesOn?: (error: unknown) => boolean }

/** Tells of a training's progress while it runs: this process at once, others through the database. */
export async function* tellProgress(
  app: ServiceContext,
  dataset: number,
  training: AsyncGenerator<Progress, TrainingOutcome>,
  { goesOn = () => false }: Telling = {},
): AsyncGenerator<Progress, TrainingOutcome> {
  const tell = (status: TrainingStatus): void => void app.events.emit('trainingStatus', dataset, status)
  let writtenAt = Number.NEGATIVE_INFINITY
  let last: Progress | undefined
  // A step that takes long is no death.
  const alive = setInterval(() => {
    if (last) app.ttlStore.set(PREFIX + dataset, last, ALIVE_MS).catch(() => {})
  }, ALIVE_MS / 3).unref()
  try {
    let step = await training.next()
    while (!step.done) {
      last = step.value
      tell({ state: 'running', progress: last })
      if (performance.now() - writtenAt >= WRITE_MS) {
        writtenAt = performance.now()
        // A database that is away is no reason to stop learning.
        await app.ttlStore.set(PREFIX + dataset, last, ALIVE_MS).catch(() => {})
      }
      step = await handOn(training, yield* passOn(step.value))
    }
    count('trainingsFinished')
    tell({ state: 'done', version: step.value.version })
    return step.value
  } catch (error) {
    if (goesOn(error)) throw error
    count('trainingsFailed')
    tell({ state: 'failed', code: errorCode(error) })
    throw error
  } finally {
    clearInterval(alive)
    await app.ttlStore.delete(PREFIX + dataset).catch(() => {})
  }
}

/** Yields a step. @returns what was thrown at it instead of going on */
async function* passOn(progress: Progress): AsyncGenerator<Progress, { thrown: unknown } | undefined> {
  try {
    yield progress
    return undefined
  } catch (thrown) {
    return { thrown }
  }
}

const handOn = <T, R>(work: AsyncGenerator<T, R>, stopped: { thrown: unknown } | undefined) =>
  stopped ? work.throw(stopped.thrown) : work.next()

type OnStatus = (dataset: number, status: TrainingStatus) => void

/** `note`: somebody was told by other means that a dataset's training runs; that it has ended is told, too. */
type TrainingWatch = { note(dataset: number): void; end(): Promise<void> }

/** Tells of every training, in this process or another one. */
export function watchTrainings(
  app: ServiceContext,
  onStatus: OnStatus,
  onError: (error: unknown) => void,
): TrainingWatch {
  /** Trainings of other processes, which end when they are no longer in the database. */
  const elsewhere = new Set<number>()
  const onTold: OnStatus = (dataset, status) => {
    if (status.state !== 'running') elsewhere.delete(dataset)
    onStatus(dataset, status)
  }
  app.events.on('trainingStatus', onTold)
  const look = async (): Promise<void> => {
    const running = await listRunning(app)
    for (const { dataset, progress } of running) {
      if (app.trainings.has(dataset)) continue
      elsewhere.add(dataset)
      onStatus(dataset, { state: 'running', progress })
    }
    for (const dataset of elsewhere)
      if (!running.some((one) => one.dataset === dataset)) {
        elsewhere.delete(dataset)
        onStatus(dataset, { state: 'done' })
      }
  }
  const looking = repeat(look, { everyMs: LOOK_MS, onError })
  return {
    note: (dataset) => void elsewhere.add(dataset),
    async end() {
      app.events.off('trainingStatus', onTold)
      await looking.stop()
    },
  }
}

/** Trainings that run now, in whichever process. */
export async function listRunning({
  db,
  ttlStore,
}: ServiceContext): Promise<{ dataset: number; progress: Progress }[]> {
  const keys = await listKeys(db, PREFIX)
  const read = keys.map(async (key) => {
    const progress = parseProgress(await ttlStore.get(key))
    return progress ? [{ dataset: Number(key.slice(PREFIX.length)), progress }] : []
  })
  return (await Promise.all(read)).flat()
}

/** Trainings that were begun: by this process, or on PostgreSQL by any. */
export const countTrainings = async (app: ServiceContext): Promise<number> =>
  app.jobs ? (await listRunning(app)).length : app.trainings.size

/** How far a dataset's training is, in whichever process; undefined: none has said so lately. */
export const readProgress = async ({ ttlStore }: ServiceContext, dataset: number): Promise<Progress | undefined> =>
  parseProgress(await ttlStore.get(PREFIX + dataset))

function parseProgress(stored: unknown): Progress | undefined {
  const { data } = Running.safeParse(stored)
  if (!data) return undefined
  const { done, total, of } = data
  return { done, of, ...(total !== undefined && { total }) }
}
