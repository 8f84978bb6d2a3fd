import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerUrl } from '../worker-url.ts'
import type { ChartImage, ChartJob } from './worker.ts'

/** Draws charts in a thread of its own, so that nothing else waits. */
export async function renderCharts(sitting: ChartJob): Promise<ChartImage[]> {
  const worker = new Worker(workerUrl('./worker', import.meta.url), { workerData: sitting })
  try {
    const [paintings] = (await once(worker, 'message')) as [ChartImage[]]
    return paintings
  } finally {
    await worker.terminate()
  }
}
