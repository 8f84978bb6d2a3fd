import { Worker } from 'node:worker_threads'
import { kernels } from '../../../models/kernels/kernels.ts'
import { workerUrl } from '../../worker-url.ts'
import { startFoldWorkers, YOUNG_GENERATION_MIB } from './fold-pool.ts'

/** The threads of one training: `trainer` takes the job and shares it with the others, the fold workers. */
export type TrainingWorkers = { trainer: Worker; all: Worker[] }

export function startTrainingWorkers(): TrainingWorkers {
  // Compiled, and kept, in this thread: the workers to come find the module optimized.
  kernels()
  const { workers, channels } = startFoldWorkers()
  const trainer = new Worker(workerUrl('./worker', import.meta.url), {
    workerData: channels,
    transferList: channels.map((channel) => channel.port),
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  })
  return { trainer, all: [trainer, ...workers] }
}

export async function stopTrainingWorkers({ all }: TrainingWorkers): Promise<void> {
  await Promise.all(all.map((worker) => worker.terminate()))
}
