import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerUrl } from '../../worker-url.ts'
import type { ChartImage, ChartJob } from './worker.ts'

/** Draws charts in a thread of their own, so that nothing else waits. */
export async function renderCharts(job: ChartJob): Promise<ChartImage[]> {
  const worker = new Worker(workerUrl('./worker', import.meta.url), { workerData: job })
  try {
    const [images] = (await once(worker, 'message')) as [ChartImage[]]
    return images
  } finally {
    await worker.terminate()
  }
}
