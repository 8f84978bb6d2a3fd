import { Worker } from 'node:worker_threads'
import { workerUrl } from '../../worker-url.ts'

/** Rows live briefly: more would only cost memory, in every thread. */
const YOUNG_GENERATION_MIB = 4

let early: Worker | undefined

/** Starts the thread of the first connection: that takes 70 ms, in which the program can load the rest of its modules. */
export function startWorkerEarly(): void {
  early ??= startWorker()
}

/** A worker that waits for its connection. */
export function takeWorker(): Worker {
  const worker = early ?? startWorker()
  early = undefined
  return worker
}

function startWorker(): Worker {
  const worker = new Worker(workerUrl('./worker', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  })
  // One that waits keeps no process alive.
  worker.unref()
  return worker
}
