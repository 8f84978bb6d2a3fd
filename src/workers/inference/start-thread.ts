import { Worker } from 'node:worker_threads'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { workerUrl } from '../../worker-url.ts'
import type { ToOpen } from './messages.ts'

/** Decoding and inference allocate little on the heap: a small young generation keeps a thread small. */
const YOUNG_GENERATION_MIB = 4

/** One for all pools of the process. */
const DECODE_LOCK = new SharedArrayBuffer(4)

let early: Worker | undefined

/**
 * Starts the first thread: loading the decoder and the runtime of the network takes it 200 ms, in which the program can load
 * its own modules and the classifier.
 */
export function startInferenceThreadEarly(): void {
  if (early) return
  const thread = startThread()
  early = thread
  // From now on it only waits, and keeps no process alive. Stopped while it loads libraries, it would take the process with it.
  thread.once('message', () => {
    if (early === thread) thread.unref()
  })
  // The one that is started in its place says why.
  thread.once('error', () => {
    if (early === thread) early = undefined
  })
}

/** A thread that opens a backbone, and takes jobs. */
export function startInferenceThread(backbone: Backbone): Worker {
  const thread = early ?? startThread()
  early = undefined
  thread.ref()
  thread.postMessage({ backbone, decodeLock: DECODE_LOCK } satisfies ToOpen)
  return thread
}

const startThread = (): Worker =>
  new Worker(workerUrl('./worker', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  })
