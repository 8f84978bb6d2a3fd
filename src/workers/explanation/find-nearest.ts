import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerUrl } from '../../worker-url.ts'
import { FairQueue } from '../fair-queue.ts'
import type { ExamplePage, Neighbour } from './nearest.ts'
import type { ExplanationJob, ExplanationReply, ExplanationRequest } from './worker.ts'

/** Vectors are outside of the heap: more would only cost memory. */
const YOUNG_GENERATION_MIB = 4

/** Answers that may wait to be explained: each takes a second at most, and people wait for minutes. */
const MAX_WAITING = 100
/** A thread takes 100 MB, and many may ask at once. */
const queue = new FairQueue(1, MAX_WAITING, 'explanations')

/**
 * The nearest examples of each query, the most similar first, found in a thread of its own; one at a time, and those who
 * ask (`group`) take turns. Throws UserError busy.full where too many wait.
 * @param pages read when its turn has come; their vectors are given away: they are empty once the next page is asked for
 */
export const findNearest = (
  { group, ...job }: ExplanationJob & { group: string },
  pages: AsyncIterable<ExamplePage>,
): Promise<Neighbour[][]> => queue.run(group, () => findNext(job, pages))

async function findNext(job: ExplanationJob, pages: AsyncIterable<ExamplePage>): Promise<Neighbour[][]> {
  const worker = new Worker(workerUrl('./worker', import.meta.url), {
    workerData: job,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  })
  const ask = async (request: ExplanationRequest): Promise<ExplanationReply> => {
    const replied = once(worker, 'message')
    worker.postMessage(request, request ? buffersOf(request) : [])
    const [reply] = (await replied) as [ExplanationReply]
    return reply
  }
  try {
    for await (const page of pages) await ask(page)
    return (await ask(null)) ?? []
  } finally {
    await worker.terminate()
  }
}

/** Vectors of one query lie in one buffer. */
const buffersOf = ({ plain, mirrored }: ExamplePage): ArrayBuffer[] => [
  ...new Set([...plain, ...mirrored].map((vector) => vector.buffer).filter((buffer) => buffer instanceof ArrayBuffer)),
]
