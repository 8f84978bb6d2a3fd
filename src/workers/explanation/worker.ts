// An explanation worker thread: compares pictures with every example of a dataset, a page at a time.
import { workerData } from 'node:worker_threads'
import { readClassifier } from '../../../models/read-classifier.ts'
import { requireParentPort } from '../../parent-port.ts'
import { type ExamplePage, NearestExamples, type Neighbour, type NeighbourQuery } from './nearest.ts'

/** `classifier`: as it was saved. */
export type ExplanationJob = { classifier: unknown; queries: NeighbourQuery[] }
/** A page to compare with, or null after the last one. */
export type ExplanationRequest = ExamplePage | null
/** Null: the page was compared, and the next one may come. */
export type ExplanationReply = Neighbour[][] | null

const { classifier, queries } = workerData as ExplanationJob
const port = requireParentPort()
const nearest = new NearestExamples(readClassifier(classifier), queries)

port.on('message', (page: ExplanationRequest) => {
  if (page) {
    nearest.add(page)
    // They were given away for this, all of a query in one buffer.
    for (const { buffer } of [...page.plain, ...page.mirrored])
      if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0)
  }
  port.postMessage((page ? null : nearest.results()) satisfies ExplanationReply)
})
