import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { workerUrl } from '../../worker-url.ts'
import type { ExamplePage, Neighbour } from './nearest.ts'
import type { ExplanationJob, ExplanationReply, ExplanationRequest } from './worker.ts'

/** Vectors are outside of the heap: more would only cost memory. */
const YOUNG_GENERATION_MIB = 4

/**
 * The nearest examples of each query, the most similar first, found in a thread of its own.
 * @param pages their vectors are given away: they are empty once the next page is asked for
 */
export async function findNearest(job: ExplanationJob, pages: AsyncIterable<ExamplePage>): Promise<Neighbour[][]> {
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
