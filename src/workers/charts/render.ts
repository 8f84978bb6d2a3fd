import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Painting, Sitting } from './worker.ts'

/** Draws charts in a thread of its own, so that nothing else waits. */
export async function paint(sitting: Sitting): Promise<Painting[]> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: sitting })
  try {
    const [paintings] = (await once(worker, 'message')) as [Painting[]]
    return paintings
  } finally {
    await worker.terminate()
  }
}
