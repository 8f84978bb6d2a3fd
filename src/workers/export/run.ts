import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerUrl } from '../../worker-url.ts'
import type { ExportCheck, ExportJob } from './worker.ts'

/** Writes a classifier as one ONNX file in a thread of its own, and checks it there. */
export async function runExport(job: ExportJob): Promise<ExportCheck> {
  const worker = new Worker(workerUrl('./worker', import.meta.url), { workerData: job })
  try {
    const [check] = (await once(worker, 'message')) as [ExportCheck]
    return check
  } finally {
    await worker.terminate()
  }
}
