import { type MessagePort, parentPort } from 'node:worker_threads'

/** The port to the thread that started this worker. Throws an Error on the main thread. */
export function requireParentPort(): MessagePort {
  if (!parentPort) throw new Error('Expected to run as a worker thread')
  return parentPort
}
