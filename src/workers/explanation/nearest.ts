import type { Classifier } from '../../../models/classifier.ts'
import { dotProducts } from '../../../models/kernels/dot-products.ts'
import { average } from '../../../models/numbers/features.ts'
import type { Matrix } from '../../../models/numbers/matrix.ts'

/** An example that a picture resembles. `similarity`: cosine of the whitened features, -1 to 1. */
export type Neighbour = { example: number; label: string; file: string; similarity: number }
/** An answer to explain. `runnerUp`: a label that at least one neighbour should have: it came close. */
export type NeighbourQuery = { features: Float32Array; runnerUp: string | undefined }
/** Examples with the features of both their views. */
export type ExamplePage = {
  examples: Omit<Neighbour, 'similarity'>[]
  plain: Float32Array[]
  mirrored: Float32Array[]
}

/** Neighbours that are shown. */
const SHOWN = 6

/** Finds the nearest examples of several queries in one pass over the pages of a dataset, which are not kept. */
export class NearestExamples {
  private readonly classifier: Classifier
  private readonly queries: { transformed: Matrix; runnerUp: string | undefined; best: Neighbour[] }[]

  constructor(classifier: Classifier, queries: NeighbourQuery[]) {
    this.classifier = classifier
    this.queries = queries.map(({ features, runnerUp }) => ({
      transformed: classifier.transform([features]),
      runnerUp,
      best: [],
    }))
  }

  add({ examples, plain, mirrored }: ExamplePage): void {
    if (examples.length === 0) return
    const transformed = this.classifier.transform(plain.map((view, i) => average([view, mirrored[i] ?? view])))
    for (const query of this.queries) {
      const { data } = dotProducts(query.transformed, transformed)
      const neighbours = examples.map((example, i): Neighbour => ({ ...example, similarity: data[i] ?? 0 }))
      query.best = selectNearest([...query.best, ...neighbours], query.runnerUp)
    }
  }

  /** The nearest examples of each query, the most similar first. */
  results(): Neighbour[][] {
    return this.queries.map((query) => query.best)
  }
}

/** The nearest, with at least one example of the runner-up: people want to see what the picture was nearly taken for. */
function selectNearest(neighbours: Neighbour[], runnerUp: string | undefined): Neighbour[] {
  neighbours.sort((a, b) => b.similarity - a.similarity)
  const nearest = neighbours.slice(0, SHOWN)
  const ofRunnerUp = neighbours.find((n) => n.label === runnerUp)
  if (!ofRunnerUp || nearest.includes(ofRunnerUp)) return nearest
  return [...nearest.slice(0, -1), ofRunnerUp]
}
