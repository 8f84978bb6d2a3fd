import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerUrl } from '../../worker-url.ts'
import type { ChartImage, ChartJob } from './worker.ts'

/** Milliseconds that the thread is kept for the next charts. */
const IDLE_MS = 60_000

let last: Promise<unknown> = Promise.resolve()
let idle: { worker: Worker; cancel(): void } | undefined

/**
 * Draws charts in a thread of their own, so that nothing else waits. There is one for all: to begin it takes a second and
 * 100 MB, and many may ask at once.
 */
export function renderCharts(job: ChartJob): Promise<ChartImage[]> {
  const drawn = last.then(() => renderNext(job))
  last = drawn.catch(() => {})
  return drawn
}

async function renderNext(job: ChartJob): Promise<ChartImage[]> {
  const worker = takeWorker()
  const ended = new AbortController()
  const onExit = (): void => ended.abort()
  worker.once('exit', onExit)
  try {
    const answered = once(worker, 'message', { signal: ended.signal })
    worker.postMessage(job)
    const [images] = (await answered) as [ChartImage[]]
    keepWorker(worker)
    return images
  } catch (error) {
    void worker.terminate()
    throw error
  } finally {
    worker.off('exit', onExit)
  }
}

function takeWorker(): Worker {
  if (!idle) return new Worker(workerUrl('./worker', import.meta.url))
  const { worker, cancel } = idle
  cancel()
  worker.ref()
  return worker
}

/** An idle thread keeps no process from ending. */
function keepWorker(worker: Worker): void {
  const cancel = (): void => {
    clearTimeout(timer)
    worker.off('error', stop)
    idle = undefined
  }
  const stop = (): void => {
    cancel()
    void worker.terminate()
  }
  const timer = setTimeout(stop, IDLE_MS).unref()
  worker.on('error', stop).unref()
  idle = { worker, cancel }
}
