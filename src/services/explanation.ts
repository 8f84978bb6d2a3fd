import { basename } from 'node:path'
import type { Backbone } from '../../models/backbones/registry.ts'
import { joinFeatures } from '../../models/numbers/features.ts'
import type { Tile } from '../charts/gallery.ts'
import type { ServiceContext } from '../context.ts'
import type { Database } from '../db/connection.ts'
import { datasetBackbones, readServerOf } from '../db/datasets.ts'
import { featurePages } from '../db/features.ts'
import { listKeptExamples, sampleKeptExamples } from '../db/kept-examples.ts'
import { countLabels } from '../db/labels.ts'
import { trainingExamplePages } from '../db/training-examples.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import { isSpoiler } from '../images/spoiler.ts'
import { findNearest } from '../workers/explanation/find-nearest.ts'
import type { ExamplePage, Neighbour } from '../workers/explanation/nearest.ts'
import { loadActiveClassifier } from './active-classifier.ts'
import { rankLabels } from './prediction.ts'
import { type Gallery, readShownCopies, type Sight } from './shown-copies.ts'

/** Why an answer is what it is. `runnerUp`: another label that came close; null: none did. */
export type Explanation = { runnerUp: { label: string; confidence: number } | null; nearest: Neighbour[] }

/** A label came close if it is at least this much as likely as the first. */
const CLOSE = 0.25

/** Labels whose examples an answer is compared with where there are many: the likeliest ones. */
const LIKELY_LABELS = 3
/** Examples of each that are compared with, at most: all of them take half a second. */
const COMPARED = 700

/**
 * Explains answers with the examples of the dataset, in one pass over them: in a large one, with a sample of those of the
 * likeliest labels.
 * @param features of the pictures in question, as predictions give them
 * @returns one explanation for each; undefined where nothing was trained. Throws UserError busy.full where too many wait
 */
export async function explainAnswers(
  app: ServiceContext,
  dataset: number,
  features: Float32Array[],
): Promise<Explanation[] | undefined> {
  const active = await loadActiveClassifier(app, dataset)
  if (!active) return undefined
  const { classifier, backbones } = active
  const rankings = features.map((f) => rankLabels(active.names, classifier.classify(f)))
  const runnerUps = rankings.map(findRunnerUp)
  const queries = features.map((f, i) => ({ features: f, runnerUp: runnerUps[i]?.label }))
  const likely = rankings.flatMap((ranking) => ranking.slice(0, LIKELY_LABELS).map(({ label }) => label))
  const examples = await pickExamples(app.db, dataset, new Set(likely))
  const pages = readExamplePages(app.db, dataset, { backbones, examples })
  const job = { group: String(dataset), classifier: classifier.toJSON(), queries }
  const nearest = await findNearest(job, pages)
  return runnerUps.map((runnerUp, i) => ({ runnerUp, nearest: nearest[i] ?? [] }))
}

type Ranking = ReturnType<typeof rankLabels>

function findRunnerUp([first, second]: Ranking): Explanation['runnerUp'] {
  return first && second && second.confidence >= CLOSE * first.confidence ? second : null
}

/** Examples to compare with, ascending. */
async function pickExamples(db: Database, dataset: number, likely: ReadonlySet<string>): Promise<number[]> {
  const labels = await countLabels(db, dataset)
  const total = labels.reduce((sum, { examples }) => sum + examples, 0)
  if (total <= LIKELY_LABELS * COMPARED) return listKeptExamples(db, dataset)
  const picked: number[] = []
  for (const { label, examples } of labels)
    if (likely.has(label))
      picked.push(...(await sampleKeptExamples(db, dataset, { label, every: Math.ceil(examples / COMPARED) })))
  return picked.sort((a, b) => a - b)
}

type Compared = { backbones: Backbone[]; examples: number[] }

async function* readExamplePages(
  db: Database,
  dataset: number,
  { backbones, examples }: Compared,
): AsyncGenerator<ExamplePage> {
  const ids = backbones.map(({ id }) => id)
  for await (const some of trainingExamplePages(db, dataset, examples))
    for await (const page of featurePages(db, ids, some))
      yield {
        examples: page.map(({ of: { example, label, file } }) => ({ example, label, file })),
        plain: page.map(({ views }) => joinFeatures(views.map((v) => v.plain))),
        mirrored: page.map(({ views }) => joinFeatures(views.map((v) => v.mirrored))),
      }
}

/** The picture that was asked about, to be shown beside those that it is like; nothing where it cannot be read again. */
export async function askedTile(app: ServiceContext, dataset: number, source: Source): Promise<Tile | undefined> {
  try {
    const [backbone] = await datasetBackbones(app.db, dataset)
    const server = await readServerOf(app.db, dataset)
    const { copy } = await app.queue.run(server, async () => app.inferencePool(backbone).ingest(await source.read()))
    return { copy, caption: '?', note: basename(source.name), isSpoiler: isSpoiler(source.name) }
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** The copies of the nearest examples, captioned with label and similarity. Those that were deleted meanwhile are missing. */
export async function explanationGallery(
  app: ServiceContext,
  dataset: number,
  { nearest, seesAll }: Explanation & Sight,
): Promise<Gallery> {
  const examples = nearest.map((n) => n.example)
  const { copies, ...unshown } = await readShownCopies(app, dataset, { examples, seesAll })
  const gallery = nearest.flatMap(({ example, label, file, similarity }) => {
    const copy = copies.get(example)
    const note = `${Math.round(100 * Math.max(0, similarity))} %`
    return copy ? [{ copy, caption: label, note, isSpoiler: isSpoiler(file) }] : []
  })
  return { gallery, ...unshown }
}
