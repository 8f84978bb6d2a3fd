import type { Classifier } from '../../models/classifier.ts'
import { dotProducts } from '../../models/kernels/dot-products.ts'
import { average } from '../../models/numbers/features.ts'
import type { Matrix } from '../../models/numbers/matrix.ts'
import type { LoadedClassifier, ServiceContext } from '../context.ts'
import { featurePages } from '../db/features.ts'
import { readCopies } from '../db/pictures.ts'
import { readTrainingExamples } from '../db/training-examples.ts'
import { loadActiveClassifier } from './active-classifier.ts'
import { rankLabels } from './prediction.ts'

/** An example that a picture resembles. `similarity`: cosine of the whitened features, -1 to 1. */
type Neighbour = { example: number; label: string; file: string; similarity: number }
/** Why an answer is what it is. `runnerUp`: another label that came close; null: none did. */
export type Explanation = { runnerUp: { label: string; confidence: number } | null; nearest: Neighbour[] }

type ExamplePage = { examples: Omit<Neighbour, 'similarity'>[]; transformed: Matrix }

/** Neighbours that are shown. */
const SHOWN = 6
/** A label came close if it is at least this much as likely as the first. */
const CLOSE = 0.25

/**
 * Explains answers with the examples of the dataset, from the features of the picture.
 * @returns undefined where nothing was trained
 */
export async function createExplainer(
  app: ServiceContext,
  dataset: number,
): Promise<((features: Float32Array) => Explanation) | undefined> {
  const active = await loadActiveClassifier(app, dataset)
  if (!active) return undefined
  const pages = await readTransformed(app, dataset, active)
  const { classifier } = active
  return (features) => {
    const runnerUp = findRunnerUp(classifier, features)
    const neighbours = rankNeighbours(classifier.transform([features]), pages)
    return { runnerUp, nearest: selectNearest(neighbours, runnerUp?.label) }
  }
}

function findRunnerUp(classifier: Classifier, features: Float32Array): Explanation['runnerUp'] {
  const [first, second] = rankLabels(classifier, classifier.classify(features))
  return first && second && second.confidence >= CLOSE * first.confidence ? second : null
}

/** Every example, the most similar first. */
function rankNeighbours(transformed: Matrix, pages: ExamplePage[]): Neighbour[] {
  return pages
    .flatMap((page) => {
      const { data } = dotProducts(transformed, page.transformed)
      return page.examples.map((example, i): Neighbour => ({ ...example, similarity: data[i] ?? 0 }))
    })
    .sort((a, b) => b.similarity - a.similarity)
}

/** The nearest, with at least one example of the runner-up: people want to see what the picture was nearly taken for. */
function selectNearest(neighbours: Neighbour[], runnerUp: string | undefined): Neighbour[] {
  const nearest = neighbours.slice(0, SHOWN)
  const ofRunnerUp = neighbours.find((n) => n.label === runnerUp)
  if (!ofRunnerUp || nearest.includes(ofRunnerUp)) return nearest
  return [...nearest.slice(0, -1), ofRunnerUp]
}

async function readTransformed(
  { db }: ServiceContext,
  dataset: number,
  { backbone, classifier }: LoadedClassifier,
): Promise<ExamplePage[]> {
  const pages: ExamplePage[] = []
  for await (const page of featurePages(db, backbone.id, await readTrainingExamples(db, dataset))) {
    if (page.length === 0) continue
    const examples = page.map(({ of: { example, label, file } }) => ({ example, label, file }))
    const transformed = classifier.transform(page.map(({ plain, mirrored }) => average([plain, mirrored])))
    pages.push({ examples, transformed })
  }
  return pages
}

/** The copies of the nearest examples, captioned with label and similarity. Those that were deleted meanwhile are missing. */
export async function explanationGallery({ db }: ServiceContext, dataset: number, { nearest }: Explanation) {
  const ids = nearest.map((n) => n.example)
  const copies = await readCopies(db, dataset, ids)
  return nearest.flatMap(({ example, label, similarity }) => {
    const copy = copies.get(example)
    return copy ? [{ copy, caption: label, note: `${Math.round(100 * Math.max(0, similarity))} %` }] : []
  })
}
