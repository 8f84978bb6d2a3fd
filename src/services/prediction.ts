import type { Classifier } from '../../models/classifier.ts'
import { FORMAT } from '../../models/format.ts'
import { average } from '../../models/numbers/features.ts'
import { readClassifier } from '../../models/read-classifier.ts'
import { EFFORTS } from '../../models/views.ts'
import type { LoadedClassifier, ServiceContext } from '../context.ts'
import { readBackbone } from '../db/backbones.ts'
import type { Database } from '../db/connection.ts'
import { readServerOf } from '../db/datasets.ts'
import { type ActiveVersion, readActiveNumber, readActiveVersion } from '../db/versions.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import { retryAfterCrash } from '../workers/inference/worker-crash.ts'
import { mapOrdered } from '../workers/map-ordered.ts'

export type Prediction = {
  file: string
  /** null: unknown */
  label: string | null
  confidence: number
  known: number
  top: { label: string; confidence: number }[]
  version: number
}
/** An answer, and what the picture looked like to the backbone, for those who ask why. */
export type Asked = { prediction: Prediction; features: Float32Array }
export type Failure = { file: string; error: { code: string; message: string } }

const TOP = 5
/** Classifiers held in memory, about 3 MB each. */
const KEPT = 32

/** Answers with the version in use; stores nothing. A picture that is none gives its error and the rest go on. */
export async function openPredictor(
  app: ServiceContext,
  dataset: number,
): Promise<(sources: Iterable<Source> | AsyncIterable<Source>) => AsyncGenerator<Asked | Failure>> {
  const current = await loadActiveClassifier(app, dataset)
  if (!current) throw new UserError('predict.not-trained', 'Expected a trained dataset, found none: run `train` first')
  const { classifier, version, backbone, summary } = current
  const server = await readServerOf(app.db, dataset)
  const pool = app.inferencePool(backbone)

  async function one(source: Source): Promise<Asked | Failure> {
    const file = source.name
    try {
      const views = await app.queue.run(server, () =>
        app.latency.measure(() =>
          retryAfterCrash(async () => pool.embed(await source.read(), EFFORTS[summary.effort])),
        ),
      )
      const features = average(views)
      const { probabilities, openSetScore: known, isKnown } = classifier.classify(features)
      const order = [...classifier.labels.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!).slice(0, TOP)
      const top = order.map((i) => ({ label: classifier.labels[i]!, confidence: probabilities[i]! }))
      const best = top[0]!
      const label = isKnown ? best.label : null
      return { prediction: { file, label, confidence: best.confidence, known, top, version }, features }
    } catch (error) {
      if (!(error instanceof UserError) || error.code.startsWith('backbone.')) throw error
      return { file, error: { code: error.code, message: error.message } }
    }
  }

  return (sources) => mapOrdered(sources, pool.inFlight, one)
}

/** The version in use, ready to answer; undefined where nothing was trained. Throws UserError version.* */
export async function loadActiveClassifier(
  { db, classifiers }: ServiceContext,
  dataset: number,
): Promise<LoadedClassifier | undefined> {
  const version = await readActiveNumber(db, dataset)
  if (version === undefined) return undefined
  const known = classifiers.get(dataset)
  // Many may ask at once: all wait for the one that is being read.
  const asked = known?.version === version ? known : { version, ready: makeReady(db, dataset) }
  // In order of use: the first is the one that was not asked for longest.
  classifiers.delete(dataset)
  classifiers.set(dataset, asked)
  if (classifiers.size > KEPT) classifiers.delete(classifiers.keys().next().value!)
  try {
    return await asked.ready
  } catch (error) {
    if (classifiers.get(dataset) === asked) classifiers.delete(dataset)
    throw error
  }
}

async function makeReady(db: Database, dataset: number): Promise<LoadedClassifier | undefined> {
  const current = await readActiveVersion(db, dataset)
  if (!current) return undefined
  const backbone = await readBackbone(db, current.backbone)
  return { classifier: parseVersion(current), version: current.number, backbone, summary: current.summary }
}

function parseVersion({ number, classifier }: ActiveVersion): Classifier {
  try {
    const json: unknown = JSON.parse(classifier)
    checkFormat(number, (json as { format?: unknown }).format)
    return readClassifier(json)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      'version.unreadable',
      `Expected a whole version ${number}, found it damaged: run \`train\``,
      {},
      { cause: error },
    )
  }
}

function checkFormat(number: number, format: unknown): void {
  const expected = `Expected version ${number} in format ${FORMAT}, found ${format}`
  if (typeof format === 'number' && format > FORMAT) throw new UserError('version.newer', `${expected}: update Mekiki`)
  if (format !== FORMAT) throw new UserError('version.older', `${expected}: run \`train\``)
}
