import { joinFeatures } from '../../models/numbers/features.ts'
import type { ActiveClassifier, ServiceContext } from '../context.ts'
import { featurePages } from '../db/features.ts'
import { trainingExamplePages } from '../db/training-examples.ts'
import { UserError } from '../errors.ts'
import { loadActiveClassifier } from './active-classifier.ts'
import { rankLabels } from './prediction.ts'

/** As many as there are keys from 1 to 9. */
const NAMED = 9

/**
 * What the active version would call some examples, the likeliest label first; it has learned from most of them, so that their own
 * label says little. Those that cannot be computed at once are missing.
 */
export async function likelyLabels(
  app: ServiceContext,
  dataset: number,
  examples: readonly number[],
): Promise<Map<number, string[]>> {
  const likely = new Map<number, string[]>()
  const active = examples.length > 0 ? await loadReadable(app, dataset) : undefined
  if (!active) return likely
  const { classifier, backbones, names } = active
  const ids = backbones.map(({ id }) => id)
  const ascending = examples.toSorted((a, b) => a - b)
  for await (const some of trainingExamplePages(app.db, dataset, ascending))
    for await (const page of featurePages(app.db, ids, some))
      for (const { of, views } of page) {
        const features = joinFeatures(views.map(({ plain }) => plain))
        const ranking = rankLabels(names, classifier.classify(features)).map(({ label }) => label)
        likely.set(of.example, ranking.filter((label) => label !== of.label).slice(0, NAMED))
      }
  return likely
}

/** A version that this program cannot read says nothing; a review goes on without it. */
async function loadReadable(app: ServiceContext, dataset: number): Promise<ActiveClassifier | undefined> {
  try {
    return await loadActiveClassifier(app, dataset)
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
