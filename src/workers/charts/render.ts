import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ChartImage, ChartJob } from './worker.ts'

/** Draws charts in a thread of its own, so that nothing else waits. */
export async function renderCharts(sitting: ChartJob): Promise<ChartImage[]> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: sitting })
  try {
    const [paintings] = (await once(worker, 'message')) as [ChartImage[]]
    return paintings
  } finally {
    await worker.terminate()
  }
}
