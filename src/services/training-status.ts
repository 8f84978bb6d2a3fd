import { z } from 'zod'
import type { ServiceContext, TrainingOutcome, TrainingStatus } from '../context.ts'
import { listKeys } from '../db/ttl-store.ts'
import { errorCode } from '../errors.ts'
import type { Progress } from '../progress.ts'

/** Milliseconds: between two writes of how far a training is; after which one that says nothing has died; between looks at others. */
const [WRITE_MS, ALIVE_MS, LOOK_MS] = [1_000, 15_000, 1_000]
const PREFIX = 'training:'

const Running = z.object({
  done: z.number(),
  total: z.number().optional(),
  of: z.enum(['pictures', 'percent', 'mebibytes']),
})

/** Tells of a training's progress while it runs: this process at once, others through the database. */
export async function* tellProgress(
  app: ServiceContext,
  dataset: number,
  training: AsyncGenerator<Progress, TrainingOutcome>,
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
        await app.ttlStore.set(PREFIX + dataset, last, ALIVE_MS)
      }
      step = await handOn(training, yield* passOn(step.value))
    }
    tell({ state: 'done', version: step.value.version })
    return step.value
  } catch (error) {
    tell({ state: 'failed', code: errorCode(error) })
    throw error
  } finally {
    clearInterval(alive)
    await app.ttlStore.delete(PREFIX + dataset)
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

/** Tells of every training, in this process or another one. @returns what ends that */
export function watchTrainings(app: ServiceContext, onStatus: OnStatus, onError: (error: unknown) => void): () => void {
  /** Trainings of other processes, which end when they are no longer in the database. */
  const elsewhere = new Set<number>()
  let isLooking = false
  app.events.on('trainingStatus', onStatus)
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
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
    } finally {
      isLooking = false
    }
  }
  const timer = setInterval(() => void look().catch(onError), LOOK_MS).unref()
  return () => {
    clearInterval(timer)
    app.events.off('trainingStatus', onStatus)
  }
}

/** Trainings that run now, in whichever process. */
export async function listRunning({
  db,
  ttlStore,
}: ServiceContext): Promise<{ dataset: number; progress: Progress }[]> {
  const keys = await listKeys(db, PREFIX)
  const read = keys.map(async (key) => {
    const { data } = Running.safeParse(await ttlStore.get(key))
    if (!data) return []
    const { done, total, of } = data
    return [
      { dataset: Number(key.slice(PREFIX.length)), progress: { done, of, ...(total !== undefined && { total }) } },
    ]
  })
  return (await Promise.all(read)).flat()
}
