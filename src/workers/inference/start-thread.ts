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
  early ??= startThread()
}

/** A thread that opens a backbone, and takes jobs. */
export function startInferenceThread(backbone: Backbone): Worker {
  const thread = early ?? startThread()
  early = undefined
  thread.ref()
  thread.postMessage({ backbone, decodeLock: DECODE_LOCK } satisfies ToOpen)
  return thread
}

function startThread(): Worker {
  const thread = new Worker(workerUrl('./worker', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  })
  // One that waits keeps no process alive.
  thread.unref()
  return thread
}
