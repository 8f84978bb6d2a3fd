import { randomUUID } from 'node:crypto'
import type { ServiceContext } from '../context.ts'
import { addFeedback } from '../db/feedback.ts'
import { UserError } from '../errors.ts'
import type { PredictedPicture } from './prediction.ts'

/** Milliseconds for which people can say whether an answer was right: 30 days. The picture itself is never stored. */
const FEEDBACK_TTL_MS = 30 * 24 * 3600_000

/** What is stored of an answer. `said`: its label; null: none of them. */
type SavedPrediction = { dataset: number; version: number; said: string | null; guesses: string[] }

/** Saves an answer for a while, so that people can say whether it was right, or ask why. @returns its id */
export async function savePrediction(
  { ttlStore, recentFeatures }: ServiceContext,
  dataset: number,
  { prediction, features }: PredictedPicture,
): Promise<string> {
  const id = randomUUID()
  await recentFeatures.set(id, features)
  const { version, label, top } = prediction
  const saved: SavedPrediction = { dataset, version, said: label, guesses: top.map((t) => t.label) }
  await ttlStore.set(storeKey(id), saved, FEEDBACK_TTL_MS)
  return id
}

/** Throws UserError judge.expired */
async function readPrediction({ ttlStore }: ServiceContext, dataset: number, id: string): Promise<SavedPrediction> {
  const saved = await ttlStore.get<SavedPrediction>(storeKey(id))
  // Answers of another server are none of this one's business.
  if (saved?.dataset !== dataset)
    throw new UserError('judge.expired', 'Expected an answer of the last 30 days, received an older one')
  return saved
}

/** The features of a picture that was answered here a while ago. Throws UserError judge.expired, why.gone */
export async function featuresOfPrediction(app: ServiceContext, dataset: number, id: string): Promise<Float32Array> {
  await readPrediction(app, dataset, id)
  const features = await app.recentFeatures.get(id)
  if (features) return features
  throw new UserError('why.gone', 'Expected a picture that was asked about a short while ago: ask about it again')
}

/** `prediction`: its id. `truth`: the right label, if the person named one. */
type Feedback = { prediction: string; right: boolean; truth: string | null; by: string }

/** Records what a person says about an answer; of several times, the last one counts. @returns the answer. Throws UserError judge.expired */
export async function recordFeedback(
  app: ServiceContext,
  dataset: number,
  feedback: Feedback,
): Promise<SavedPrediction> {
  const saved = await readPrediction(app, dataset, feedback.prediction)
  const { version, said } = saved
  await addFeedback(app.db, dataset, { ...feedback, version, said })
  return saved
}

/** Keys of the store stay as they are: they are stored. */
const storeKey = (id: string): string => `prediction:${id}`
