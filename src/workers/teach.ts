import { Worker } from 'node:worker_threads'
import { kernels } from '../../models/kernels/kernels.ts'
import type { train } from '../../models/train.ts'
import type { Lesson } from './school.ts'

type Trained = ReturnType<typeof train>
type Learned = {
  classifier: ReturnType<Trained['classifier']['toJSON']>
  head: Trained['head']
  reason: Trained['reason']
  skipped: Trained['skipped']
  measurement: Trained['measurement']
}
type Message = { share: number } | { learned: Learned }

/**
 * Trains in a thread of its own, so that nothing else waits; it starts while the lesson is gathered. Yields how far it is, and
 * returns what was learned.
 */
export async function* teach(
  gather: () => Promise<Lesson>,
): AsyncGenerator<{ done: number; total: number; of: 'percent' }, Learned> {
  // Kept alive here, the module is compiled, and made fast, once for all threads to come.
  kernels()
  const worker = new Worker(new URL('./school.ts', import.meta.url))
  const messages: Message[] = []
  let failure: unknown
  let wake = (): void => {}
  worker.on('message', (message: Message) => {
    messages.push(message)
    wake()
  })
  worker.on('error', (error) => {
    failure = error
    wake()
  })
  try {
    worker.postMessage(shared(await gather()))
    for (;;) {
      if (failure) throw failure
      const message = messages.shift()
      if (!message) await new Promise<void>((resolve) => (wake = resolve))
      else if ('learned' in message) return message.learned
      else yield { done: Math.round(100 * message.share), total: 100, of: 'percent' }
    }
  } finally {
    await worker.terminate()
  }
}

/** All vectors in one memory that every thread sees: none copies it. */
function shared(lesson: Lesson): Lesson {
  const all = [lesson.learned, lesson.asked, ...lesson.views.map((v) => v.views)]
  const distinct = new Map<Float32Array, Float32Array>(all.flat().map((v) => [v, v]))
  const values = [...distinct.keys()].reduce((sum, v) => sum + v.length, 0)
  const memory = new Float32Array(new SharedArrayBuffer(values * 4))
  let at = 0
  for (const v of distinct.keys()) {
    memory.set(v, at)
    distinct.set(v, memory.subarray(at, at + v.length))
    at += v.length
  }
  const put = (vectors: Float32Array[]): Float32Array[] => vectors.map((v) => distinct.get(v)!)
  return {
    ...lesson,
    learned: put(lesson.learned),
    asked: put(lesson.asked),
    views: lesson.views.map(({ row, views }) => ({ row, views: put(views) })),
  }
}
