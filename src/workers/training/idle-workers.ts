import { stopTrainingWorkers, type TrainingWorkers } from './workers.ts'

/** Milliseconds that loaded and warmed-up threads are kept for the next training. */
const IDLE_MS = 60_000

type Idle = { workers: TrainingWorkers; cancel(): void }
let idle: Idle | undefined

/** Workers kept from the last training; undefined: there are none. */
export function takeIdleWorkers(): TrainingWorkers | undefined {
  if (!idle) return undefined
  const { workers, cancel } = idle
  cancel()
  for (const worker of workers.all) worker.ref()
  return workers
}

/** Keeps workers for the next training, unless others are kept already. Idle ones do not keep the process from ending. */
export async function keepOrStopWorkers(workers: TrainingWorkers): Promise<void> {
  if (idle) return stopTrainingWorkers(workers)
  const stop = (): void => {
    cancel()
    void stopTrainingWorkers(workers)
  }
  const timer = setTimeout(stop, IDLE_MS).unref()
  const cancel = (): void => {
    clearTimeout(timer)
    idle = undefined
    for (const worker of workers.all) worker.off('error', stop)
  }
  for (const worker of workers.all) worker.on('error', stop).unref()
  idle = { workers, cancel }
}
