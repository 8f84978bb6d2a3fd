import type { Backbone } from '../../../models/backbones/registry.ts'
import { type Effort, RANDOM_VIEWS, type View } from '../../../models/views.ts'
import type { ServiceContext } from '../../context.ts'
import type { Database } from '../../db/connection.ts'
import { addFeatures, countFeatures, picturesWithout, type ViewSet, viewKey } from '../../db/features.ts'
import { isUnreadable } from '../../db/objects/open-copies.ts'
import { readCopy } from '../../db/pictures.ts'
import { UserError } from '../../errors.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { mapOrdered } from '../../workers/map-ordered.ts'

/** Pictures whose random views show how pictures of one thing differ in a dataset; more add little (docs/learning.md). */
export const VIEWED_PICTURES = 24

const VIEWS_OF: Record<ViewSet, View[]> = { plain: ['plain'], mirrored: ['mirrored'], views: RANDOM_VIEWS }

type CompleteFeaturesOptions = {
  backbones: Backbone[]
  effort: Effort
  /** Pictures in progress at once; left out: as many as keep every inference worker busy. */
  concurrency?: number
}
type MissingFeatures = { picture: number; views: ViewSet }

/**
 * Computes what is missing of a dataset's features under some backbones, from the stored copies. Each picture's are written
 * at once, so an interrupted run goes on where it stopped. @returns how many were missing
 */
export async function* completeFeatures(
  app: ServiceContext,
  dataset: number,
  { backbones, effort, concurrency }: CompleteFeaturesOptions,
): AsyncGenerator<Progress, number> {
  let done = 0
  for (const backbone of backbones) {
    const missing = await listMissing(app.db, dataset, { backbone: backbone.id, effort })
    // No worker starts for nothing.
    if (missing.length === 0) continue
    const before = done
    const completed = mapOrdered(missing, concurrency ?? app.inferencePool(backbone).inFlight, (features) =>
      computeFeatures(app, backbone, features),
    )
    for await (const _ of completed) yield pictureProgress(++done - before, missing.length)
  }
  return done
}

async function computeFeatures(
  { db, inferencePool }: ServiceContext,
  backbone: Backbone,
  { picture, views }: MissingFeatures,
): Promise<void> {
  try {
    const copy = await readCopy(db, picture)
    if (!copy) return
    const vectors = await inferencePool(backbone).embed(copy, VIEWS_OF[views])
    await addFeatures(db, { picture, key: viewKey(backbone.id, views), vector: concatenate(vectors) })
  } catch (error) {
    // The training goes on without a picture for which this backbone gives no numbers, or that a bucket lost.
    if (!isUnreadable(error) && !(error instanceof UserError && error.code === 'picture.no-features')) throw error
  }
}

async function listMissing(
  db: Database,
  dataset: number,
  { backbone, effort }: { backbone: string; effort: Effort },
): Promise<MissingFeatures[]> {
  const without = (views: ViewSet): Promise<number[]> => picturesWithout(db, dataset, viewKey(backbone, views))
  const missing: MissingFeatures[] = []
  for (const views of ['plain', 'mirrored'] as const)
    for (const picture of await without(views)) missing.push({ picture, views })
  const viewed = await countFeatures(db, dataset, viewKey(backbone, 'views'))
  const wanted = effort === 'careful' ? Number.POSITIVE_INFINITY : VIEWED_PICTURES - viewed
  if (wanted <= 0) return missing
  // Pictures of one label are mostly added together: spread evenly, the sample has many labels.
  for (const picture of pickEvenly(await without('views'), wanted)) missing.push({ picture, views: 'views' })
  return missing
}

/** At most `count` items, evenly spread over the list. */
export function pickEvenly<T>(items: T[], count: number): T[] {
  const picked = Math.min(count, items.length)
  const indices = new Set(Array.from({ length: picked }, (_, i) => Math.floor((i * items.length) / picked)))
  return items.filter((_, i) => indices.has(i))
}

function concatenate(vectors: Float32Array[]): Float32Array {
  const all = new Float32Array(vectors.reduce((sum, v) => sum + v.length, 0))
  let used = 0
  for (const vector of vectors) {
    all.set(vector, used)
    used += vector.length
  }
  return all
}
