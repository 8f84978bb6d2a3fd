import { availableParallelism } from 'node:os'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { FOLDS } from '../../../models/cross-validation/assign-folds.ts'
import { createMailbox } from '../../../models/kernels/mailbox.ts'
import { type KernelThreads, openKernelThreads } from '../../../models/kernels/parallel.ts'
import { createKernelMemory } from '../../../models/kernels/scratch.ts'
import { workerUrl } from '../../worker-url.ts'
import type { FoldChannel, FoldJob, FoldReply, FoldResults, SharedFolds, TrainingJob } from './messages.ts'

/** Training allocates little on the heap: a small young generation keeps a thread small. */
export const YOUNG_GENERATION_MIB = 3

/** Examples below which a fold is trained sooner than it is handed over. */
const MIN_EXAMPLES_TO_SHARE = 300

/** Starts one fold worker for each core that the training worker leaves free, at most one less than there are folds. */
export function startFoldWorkers(): { workers: Worker[]; channels: FoldChannel[] } {
  const count = Math.min(availableParallelism() - 1, FOLDS - 1)
  const started = Array.from({ length: count }, startFoldWorker)
  return { workers: started.map((s) => s.worker), channels: started.map((s) => s.channel) }
}

function startFoldWorker(): { worker: Worker; channel: FoldChannel } {
  const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const { port1, port2 } = new MessageChannel()
  const worker = new Worker(workerUrl('./fold-worker', import.meta.url), {
    workerData: { port: port2, done } satisfies FoldChannel,
    transferList: [port2],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  })
  return { worker, channel: { port: port1, done } }
}

/**
 * Hands the first folds of the cross-validation to the fold workers, in turn. The caller validates the others and then
 * waits; the results do not depend on how many workers there are.
 */
export function shareFolds({ job, issues, backbone }: Omit<SharedFolds, 'folds'>, channels: FoldChannel[]) {
  const workers = job.y.length < MIN_EXAMPLES_TO_SHARE ? 0 : channels.length
  const folds = Array.from({ length: workers === 0 ? 0 : FOLDS - ownFolds(workers) }, (_, fold) => fold)
  const calls = channels
    .map((channel, c) => ({ channel, part: folds.filter((fold) => fold % workers === c) }))
    .filter(({ part }) => part.length > 0)
  for (const { channel, part } of calls) {
    const shared = { job, issues, backbone, folds: part } satisfies FoldJob
    channel.port.postMessage(shared)
  }
  return {
    folds,
    wait(): FoldResults {
      const replies = calls.map(({ channel }) => waitForReply(channel))
      return folds.map((fold) => replies[fold % workers]?.[Math.floor(fold / workers)] ?? null)
    },
  }
}

/** Folds that the training worker keeps: its last fit, on everything, takes about as long as one more. */
const ownFolds = (workers: number): number => Math.ceil((FOLDS + 1) / (workers + 1)) - 1

/** Blocks this thread, which has nothing else to do. */
function waitForReply({ port, done }: FoldChannel): FoldResults {
  Atomics.wait(done, 0, 0)
  Atomics.store(done, 0, 0)
  const reply: FoldReply = receiveMessageOnPort(port)?.message
  if ('error' in reply) throw reply.error
  return reply.results
}

/** Makes the fold workers share each loop of this thread, in one memory: whitened rows are there only once. */
export function openSharedMemoryThreads(
  { y, labels, embeddings }: TrainingJob,
  channels: FoldChannel[],
): KernelThreads {
  const columns = Math.max(...embeddings.map(({ features }) => features.columns))
  const shape = { rows: y.length, columns, classes: labels.length }
  const shared = createKernelMemory(shape, channels.length + 1)
  const mailboxes = channels.map(({ port }) => {
    const mailbox = createMailbox()
    port.postMessage({ memory: shared.memory, mailbox } satisfies FoldJob)
    return mailbox
  })
  return openKernelThreads(shared, mailboxes)
}
