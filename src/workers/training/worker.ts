// The training worker thread: features to a trained classifier. It holds no session, so it may end at any time.
import { workerData } from 'node:worker_threads'
import { kernels, useKernels } from '../../../models/kernels/kernels.ts'
import { simdKernels } from '../../../models/kernels/simd.ts'
import { type TrainingResult as Trained, trainClassifier } from '../../../models/train.ts'
import { requiredBaseHeads } from '../../../models/training/plan.ts'
import { requireParentPort } from '../../parent-port.ts'
import { collectGarbageSoon } from '../gc.ts'
import { lowerThreadPriority } from '../low-priority.ts'
import { openSharedMemoryThreads, shareFolds } from './fold-pool.ts'
import type { FoldChannel, TrainingJob, TrainingMessage, TrainingResult } from './messages.ts'
import { readJob } from './read-job.ts'

lowerThreadPriority()
const port = requireParentPort()
const channels = workerData as FoldChannel[]
port.on('message', (job: TrainingJob) => {
  const result = canShareLoops(job) ? withSharedLoops(job, () => train(job)) : train(job, shareFoldsOf(job))
  say({ result })
  collectGarbageSoon()
})

const say = (message: TrainingMessage): void => port.postMessage(message)

const shareFoldsOf =
  (job: TrainingJob): Parameters<typeof trainClassifier>[2] =>
  (issues, backbone) =>
    shareFolds({ job, issues, backbone }, channels)

function train(job: TrainingJob, shareWork?: Parameters<typeof trainClassifier>[2]): TrainingResult {
  const { set, options } = readJob(job)
  const onProgress = (share: number): void => say({ share })
  const { classifier, issues, outOfFold, ...trained } = trainClassifier(set, { ...options, onProgress }, shareWork)
  const { copies, conflicts, suspicions } = issues
  const answers = listAnswers(outOfFold, job.y.length)
  const hits = Int8Array.from(answers, (answer, r) => (answer < 0 ? answer : Number(answer === job.y[r])))
  return { classifier: classifier.toJSON(), ...trained, answers, hits, copies, conflicts, suspicions }
}

/** The most likely class of each row, by heads that did not see it; -1: not measured. */
function listAnswers({ rows, probabilities }: Trained['outOfFold'], all: number): Int32Array {
  const { data, columns } = probabilities
  const answers = new Int32Array(all).fill(-1)
  for (const r of rows) {
    const answer = data.subarray(r * columns, (r + 1) * columns)
    answers[r] = answer.reduce((best, p, c) => (p > (answer[best] ?? 0) ? c : best), 0)
  }
  return answers
}

/** Bytes of whitened rows from which on no thread should have them for itself. */
const LARGE = 8 * 2 ** 20
/** Whitened rows are kept as 16-bit numbers. */
const BYTES_PER_VALUE = 2

/** Whether the threads share each loop of the kernels instead of the folds. Boosting grows its trees outside of the kernels. */
function canShareLoops(job: TrainingJob): boolean {
  const isLarge = job.embeddings.some(({ features: { rows, columns } }) => rows * columns * BYTES_PER_VALUE >= LARGE)
  const isInKernels = !requiredBaseHeads({ ...job, also: job.embeddings.slice(1) }, job).includes('boosting')
  return isLarge && isInKernels && channels.length > 0 && kernels().name === 'simd'
}

function withSharedLoops<T>(job: TrainingJob, work: () => T): T {
  const threads = openSharedMemoryThreads(job, channels)
  const before = kernels()
  const shared = simdKernels(threads)
  if (shared) useKernels(shared)
  const result = work()
  threads.close()
  useKernels(before)
  return result
}
