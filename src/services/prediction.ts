import type { Classification } from '../../models/classifier.ts'
import { type Caution, type Grade, gradeOf } from '../../models/evaluation/refusals.ts'
import { average, joinFeatures } from '../../models/numbers/features.ts'
import { EFFORTS } from '../../models/views.ts'
import type { ActiveClassifier, ServiceContext } from '../context.ts'
import { readServerOf } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import type { Source } from '../images/source.ts'
import type { Asked, Inferred } from '../workers/inference/messages.ts'
import type { InferencePool } from '../workers/inference/pool.ts'
import { retryAfterCrash } from '../workers/inference/worker-crash.ts'
import { mapOrdered } from '../workers/map-ordered.ts'
import { loadActiveClassifier } from './active-classifier.ts'
import { readSettings } from './settings.ts'

/** The answer for one picture. `predict --json` prints these keys. */
export type Prediction = {
  file: string
  /** null: unknown. */
  label: string | null
  /** sure: the label. unsure: probably the label. unknown: none of the labels. */
  grade: Grade
  /** Probability of the most likely label, 0 to 1; where there is only one, the open-set score. */
  confidence: number
  /** Open-set score, 0 to 1: how likely it is that the picture belongs to any of the labels. */
  known: number
  /** The most likely labels, in order. */
  top: { label: string; confidence: number }[]
  version: number
}
/** `features`: what the answer was computed from, to explain it later. `thumbnail`: a small WebP, where it was wanted. */
export type PredictedPicture = { prediction: Prediction; features: Float32Array; thumbnail?: Uint8Array | undefined }
/** A picture that cannot be used. */
export type FailedPrediction = { file: string; error: { code: string; message: string } }

type Predictor = (
  sources: Iterable<Source> | AsyncIterable<Source>,
) => AsyncGenerator<PredictedPicture | FailedPrediction>

/** Labels of `top`. */
const TOP = 5

/**
 * Answers with the version that is active now, several pictures at once, in order. Nothing is stored.
 * @param options `caution`: left out, that of the server. `thumbnails`: each picture comes back small
 * Throws UserError predict.not-trained, version.*; while it answers, backbone.*
 */
export async function createPredictor(
  app: ServiceContext,
  dataset: number,
  options: { caution?: Caution | undefined; thumbnails?: boolean | undefined } = {},
): Promise<Predictor> {
  const active = await loadActiveClassifier(app, dataset)
  if (!active) throw new UserError('predict.not-trained', 'Expected a trained dataset, found none: run `train` first')
  const { version } = active
  const views = EFFORTS[active.summary.effort]
  const server = await readServerOf(app.db, dataset)
  const caution = options.caution ?? (await readSettings(app.db, server)).caution
  const describe = (features: Float32Array) => describeAnswer(active, features, caution)
  const pools = active.backbones.map(app.inferencePool)
  const embed = async (source: Source) => {
    const asked = { views, thumbnail: options.thumbnails }
    const read = async (): Promise<Inferred[]> => inferByEach(pools, await source.read(), asked)
    const inferred = await app.latency.measure(() => retryAfterCrash(read))
    const features = joinFeatures(inferred.map((each) => average(each.features)))
    return { features, thumbnail: inferred[0]?.thumbnail }
  }

  async function predict(source: Source): Promise<PredictedPicture | FailedPrediction> {
    const file = source.name
    try {
      const { features, thumbnail } = await app.queue.run(server, () => embed(source))
      return { prediction: { file, ...describe(features), version }, features, thumbnail }
    } catch (error) {
      // A missing backbone concerns every picture to come.
      if (!(error instanceof UserError) || error.code.startsWith('backbone.')) throw error
      return { file, error: { code: error.code, message: error.message } }
    }
  }

  return (sources) => mapOrdered(sources, Math.max(...pools.map((pool) => pool.inFlight)), predict)
}

/** Features of each view by each backbone, at once, and one thumbnail. Pools take the bytes over, so all but the last get copies. */
const inferByEach = (pools: InferencePool[], bytes: Uint8Array, { views, thumbnail }: Asked): Promise<Inferred[]> =>
  Promise.all(
    pools.map((pool, p) =>
      pool.infer(p < pools.length - 1 ? bytes.slice() : bytes, { views, thumbnail: p === 0 && thumbnail }),
    ),
  )

function describeAnswer({ classifier, names }: ActiveClassifier, features: Float32Array, caution: Caution) {
  const { probabilities, openSetScore: known } = classifier.classify(features)
  const top = rankLabels(names, { probabilities }).slice(0, TOP)
  const [best] = top
  const confidence = best?.confidence ?? 0
  // What looks most like a label that is gone looks like none of those that there are.
  const isGone = names.some((name, c) => name === null && (probabilities[c] ?? 0) > confidence)
  // Of labels that were merged the sum counts, which the classifier does not know.
  const grade = best && !isGone ? gradeOf(classifier.refusals, { confidence, known }, caution) : 'unknown'
  const label = best && grade !== 'unknown' ? best.label : null
  // The probability of the only label there is would be 1, whatever the picture shows.
  if (best && top.length === 1 && !names.includes(null))
    return { label, grade, confidence: known, known, top: [{ ...best, confidence: known }] }
  return { label, grade, confidence, known, top }
}

/**
 * Every label with its probability, the most likely first.
 * @param names of the classes; those that share one were merged, those that have none are gone
 */
export function rankLabels(
  names: (string | null)[],
  { probabilities }: Pick<Classification, 'probabilities'>,
): { label: string; confidence: number }[] {
  const sums = new Map<string, number>()
  for (const [c, name] of names.entries())
    if (name !== null) sums.set(name, (sums.get(name) ?? 0) + (probabilities[c] ?? 0))
  return [...sums].map(([label, confidence]) => ({ label, confidence })).sort((a, b) => b.confidence - a.confidence)
}
