import { Worker } from 'node:worker_threads'
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

/** Trains in a thread of its own, so that nothing else waits. Yields how far it is, and returns what was learned. */
export async function* teach(lesson: Lesson): AsyncGenerator<{ done: number; total: number; of: 'percent' }, Learned> {
  const worker = new Worker(new URL('./school.ts', import.meta.url), {
    workerData: lesson,
    // Handed over, not copied: nobody else needs them.
    transferList: buffersOf(lesson),
  })
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

const buffersOf = ({ learned, asked, views }: Lesson): ArrayBuffer[] => {
  const vectors = [...learned, ...asked, ...views.flatMap((v) => v.views)]
  return [...new Set(vectors.map((v) => v.buffer as ArrayBuffer))]
}
