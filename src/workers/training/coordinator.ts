import { Worker } from 'node:worker_threads'
import { kernels } from '../../../models/kernels/kernels.ts'
import type { Survey } from '../../../models/label-issues/survey.ts'
import type { trainClassifier } from '../../../models/train.ts'
import { UserError } from '../../errors.ts'
import { type Progress, percentProgress } from '../../progress.ts'
import { collectGarbage } from '../gc.ts'
import { workerUrl } from '../worker-url.ts'
import { startFoldWorkers } from './fold-pool.ts'
import type { Lesson } from './worker.ts'

type Trained = ReturnType<typeof trainClassifier>
export type Found = Pick<Survey, 'copies' | 'conflicts' | 'suspicions'>
type Learned = { classifier: ReturnType<Trained['classifier']['toJSON']> } & Found &
  Pick<Trained, 'head' | 'reason' | 'skipped' | 'measurement'>
type Message = { share: number } | { learned: Learned }

/** A school and its assistants, which wait for a lesson. */
type Staff = { school: Worker; all: Worker[] }

/** Threads that have loaded and warmed up wait so long for the next training, in milliseconds. */
const REST = 60_000
let resting: { staff: Staff; settle: () => void } | undefined

/**
 * Trains in threads of its own, so that nothing else waits; they start while the lesson is gathered. Yields how far it is, and
 * returns what was learned.
 */
export async function* runTrainingJob(readTrainingSet: () => Promise<Lesson>): AsyncGenerator<Progress, Learned> {
  const staff = wake() ?? hire()
  const messages: Message[] = []
  let failure: unknown
  let stir = (): void => {}
  const hear = (message: Message): void => {
    messages.push(message)
    stir()
  }
  const fail = (error: unknown): void => {
    failure = isOutOfMemory(error) ? notEnoughMemory() : error
    stir()
  }
  staff.school.on('message', hear)
  for (const worker of staff.all) worker.on('error', fail)
  let learned: Learned | undefined
  try {
    collectGarbage()
    staff.school.postMessage(shared(await readTrainingSet()))
    collectGarbage()
    while (!learned) {
      if (failure) throw failure
      const message = messages.shift()
      if (!message) await new Promise<void>((resolve) => (stir = resolve))
      else if ('learned' in message) learned = message.learned
      else yield percentProgress(message.share)
    }
    return learned
  } finally {
    staff.school.off('message', hear)
    for (const worker of staff.all) worker.off('error', fail)
    if (learned && !resting) rest(staff)
    else await dismiss(staff)
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ||
  (error instanceof RangeError && /allocat|memory/i.test(error.message))

export function notEnoughMemory(needed?: number, there = process.availableMemory() / 2 ** 20): UserError {
  const [most, left] = [needed === undefined ? 'more' : `${Math.ceil(needed)} MiB`, Math.floor(there)]
  return new UserError(
    'train.memory',
    `Expected ${most} of free memory to learn from so many pictures, found ${left} MiB: stop other programs, or use a larger machine`,
    { left },
  )
}

function hire(): Staff {
  // Kept alive here, the module is compiled, and made fast, once for all threads to come.
  kernels()
  const { workers, lines } = startFoldWorkers()
  const transferList = lines.map((l) => l.port)
  const school = new Worker(workerUrl('./worker', import.meta.url), {
    workerData: lines,
    transferList,
    resourceLimits: { maxYoungGenerationSizeMb: 3 },
  })
  return { school, all: [school, ...workers] }
}

const dismiss = async ({ all }: Staff): Promise<void> => void (await Promise.all(all.map((w) => w.terminate())))

/** They keep no process from ending. */
function rest(staff: Staff): void {
  const leave = (): void => {
    settle()
    void dismiss(staff)
  }
  const timer = setTimeout(leave, REST).unref()
  const settle = (): void => {
    clearTimeout(timer)
    resting = undefined
    for (const worker of staff.all) worker.off('error', leave)
  }
  for (const worker of staff.all) worker.on('error', leave).unref()
  resting = { staff, settle }
}

function wake(): Staff | undefined {
  if (!resting) return undefined
  const { staff, settle } = resting
  settle()
  for (const worker of staff.all) worker.ref()
  return staff
}

/** The views in one memory that every thread sees, as the rows are: none copies it. */
function shared(lesson: Lesson): Lesson {
  const all = lesson.views.map((v) => v.views)
  const memory = new Float32Array(new SharedArrayBuffer(4 * all.flat().reduce((sum, v) => sum + v.length, 0)))
  let free = 0
  const put = (vectors: Float32Array[]): Float32Array[] =>
    vectors.map((v) => {
      memory.set(v, free)
      free += v.length
      return memory.subarray(free - v.length, free)
    })
  return { ...lesson, views: lesson.views.map(({ row, views }) => ({ row, views: put(views) })) }
}
