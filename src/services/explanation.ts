import type { ActiveClassifier, ServiceContext } from '../context.ts'
import type { Database } from '../db/connection.ts'
import { featurePages } from '../db/features.ts'
import { readCopies } from '../db/pictures.ts'
import { readTrainingExamples } from '../db/training-examples.ts'
import { isSpoiler } from '../images/spoiler.ts'
import { findNearest } from '../workers/explanation/find-nearest.ts'
import type { ExamplePage, Neighbour } from '../workers/explanation/nearest.ts'
import { loadActiveClassifier } from './active-classifier.ts'
import { rankLabels } from './prediction.ts'

/** Why an answer is what it is. `runnerUp`: another label that came close; null: none did. */
export type Explanation = { runnerUp: { label: string; confidence: number } | null; nearest: Neighbour[] }

/** A label came close if it is at least this much as likely as the first. */
const CLOSE = 0.25

/**
 * Explains answers with the examples of the dataset, in one pass over them.
 * @param features of the pictures in question, as predictions give them
 * @returns one explanation for each; undefined where nothing was trained
 */
export async function explainAnswers(
  app: ServiceContext,
  dataset: number,
  features: Float32Array[],
): Promise<Explanation[] | undefined> {
  const active = await loadActiveClassifier(app, dataset)
  if (!active) return undefined
  const { classifier, backbone } = active
  const runnerUps = features.map((f) => findRunnerUp(active, f))
  const queries = features.map((f, i) => ({ features: f, runnerUp: runnerUps[i]?.label }))
  const pages = readExamplePages(app.db, dataset, backbone.id)
  const nearest = await findNearest({ classifier: classifier.toJSON(), queries }, pages)
  return runnerUps.map((runnerUp, i) => ({ runnerUp, nearest: nearest[i] ?? [] }))
}

function findRunnerUp({ classifier, names }: ActiveClassifier, features: Float32Array): Explanation['runnerUp'] {
  const [first, second] = rankLabels(names, classifier.classify(features))
  return first && second && second.confidence >= CLOSE * first.confidence ? second : null
}

async function* readExamplePages(db: Database, dataset: number, backbone: string): AsyncGenerator<ExamplePage> {
  for await (const page of featurePages(db, backbone, await readTrainingExamples(db, dataset)))
    yield {
      examples: page.map(({ of: { example, label, file } }) => ({ example, label, file })),
      plain: page.map(({ plain }) => plain),
      mirrored: page.map(({ mirrored }) => mirrored),
    }
}

/** The copies of the nearest examples, captioned with label and similarity. Those that were deleted meanwhile are missing. */
export async function explanationGallery({ db }: ServiceContext, dataset: number, { nearest }: Explanation) {
  const ids = nearest.map((n) => n.example)
  const copies = await readCopies(db, dataset, ids)
  return nearest.flatMap(({ example, label, file, similarity }) => {
    const copy = copies.get(example)
    const note = `${Math.round(100 * Math.max(0, similarity))} %`
    return copy ? [{ copy, caption: label, note, isSpoiler: isSpoiler(file) }] : []
  })
}
