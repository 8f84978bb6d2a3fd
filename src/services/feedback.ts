import { randomUUID } from 'node:crypto'
import type { ServiceContext } from '../context.ts'
import { addFeedback } from '../db/feedback.ts'
import { UserError } from '../errors.ts'
import type { Asked } from './prediction.ts'

/** How long an answer can be judged: what it was is kept so long, in milliseconds, without the picture. */
const KEPT = 30 * 24 * 3600_000

type Remembered = { dataset: number; version: number; said: string | null; guesses: string[] }

/** Answers whose features are held, about 3 KB each. */
const ASKED = 2000

/** Keeps what was answered, so that people can say whether it was right, or ask why. @returns a name for it */
export async function rememberPrediction(
  { ttlStore, recentFeatures }: ServiceContext,
  dataset: number,
  { prediction, features }: Asked,
) {
  const { version, label, top } = prediction
  const id = randomUUID()
  const guesses = top.map((t) => t.label)
  recentFeatures.set(id, features)
  if (recentFeatures.size > ASKED) recentFeatures.delete(recentFeatures.keys().next().value!)
  await ttlStore.set(`prediction:${id}`, { dataset, version, said: label, guesses } satisfies Remembered, KEPT)
  return id
}

/** What was answered. Throws UserError judge.expired */
async function recall({ ttlStore }: ServiceContext, dataset: number, id: string): Promise<Remembered> {
  const found = await ttlStore.get<Remembered>(`prediction:${id}`)
  // Another server's answers are as good as unknown.
  if (found?.dataset !== dataset)
    throw new UserError('judge.expired', 'Expected an answer of the last 30 days, received an older one')
  return found
}

/** The features of a picture that was asked about here a while ago. Throws UserError judge.expired, why.gone */
export async function featuresOfPrediction(
  app: ServiceContext,
  dataset: number,
  prediction: string,
): Promise<Float32Array> {
  await recall(app, dataset, prediction)
  const features = app.recentFeatures.get(prediction)
  if (features) return features
  throw new UserError('why.gone', 'Expected a picture that was asked about a short while ago: ask about it again')
}

/** Counts a person's word on an answer; the last word on it counts. */
export async function giveFeedback(
  app: ServiceContext,
  dataset: number,
  { prediction, right, truth, by }: { prediction: string; right: boolean; truth: string | null; by: string },
): Promise<Remembered> {
  const remembered = await recall(app, dataset, prediction)
  const { version, said } = remembered
  await addFeedback(app.db, dataset, { prediction, version, said, right, truth, by })
  return remembered
}
