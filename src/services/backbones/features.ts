import type { Backbone } from '../../../models/backbones/registry.ts'
import { type Effort, LEARNED_VIEWS, type View } from '../../../models/views.ts'
import type { ServiceContext } from '../../context.ts'
import type { Database } from '../../db/connection.ts'
import { addFeatures, countFeatures, picturesWithout, type ViewSet, viewKey } from '../../db/features.ts'
import { readCopy } from '../../db/pictures.ts'
import { UserError } from '../../errors.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { mapOrdered } from '../../workers/map-ordered.ts'

/** Pictures whose random views say how pictures of one thing differ here; more add little (docs/learning.md). */
export const VIEWED_PICTURES = 24

const VIEWS_OF: Record<ViewSet, View[]> = { plain: ['plain'], mirrored: ['mirrored'], views: LEARNED_VIEWS }

/**
 * Computes what is missing of a dataset's features under a backbone, from the stored copies. Each picture is written
 * as soon as it is seen, so a run that was cut off goes on where it stopped. @param concurrency pictures in progress at once. Yields pictures done of all that lacked something.
 */
export async function* completeFeatures(
  { db, inferencePool }: ServiceContext,
  dataset: number,
  backbone: Backbone,
  effort: Effort,
  concurrency = inferencePool(backbone).inFlight,
): AsyncGenerator<Progress, number> {
  const missing = await missingFeatures(db, dataset, backbone.id, effort)
  if (missing.length === 0) return 0
  const pool = inferencePool(backbone)
  const seen = mapOrdered(missing, concurrency, async ({ picture, kept }) => {
    const copy = await readCopy(db, picture)
    if (!copy) return
    const views = await pool.embed(copy, VIEWS_OF[kept]).catch((error) => {
      // This backbone cannot see it: it is learned without.
      if (error instanceof UserError && error.code === 'picture.no-features') return undefined
      throw error
    })
    if (views) await addFeatures(db, { picture, key: viewKey(backbone.id, kept), vector: joined(views) })
  })
  let done = 0
  for await (const _ of seen) yield pictureProgress(++done, missing.length)
  return done
}

async function missingFeatures(db: Database, dataset: number, backbone: string, effort: Effort) {
  const without = (kept: ViewSet): Promise<number[]> => picturesWithout(db, dataset, viewKey(backbone, kept))
  const missing: { picture: number; kept: ViewSet }[] = []
  for (const kept of ['plain', 'mirrored'] as const)
    for (const picture of await without(kept)) missing.push({ picture, kept })
  const unviewed = await without('views')
  const viewed = await countFeatures(db, dataset, viewKey(backbone, 'views'))
  const wanted =
    effort === 'careful' ? unviewed.length : Math.min(unviewed.length, Math.max(0, VIEWED_PICTURES - viewed))
  // Spread evenly over the order of filing, so that they come from many labels.
  for (let i = 0; i < wanted; i++)
    missing.push({ picture: unviewed[Math.floor((i * unviewed.length) / wanted)]!, kept: 'views' })
  return missing
}

function joined(vectors: Float32Array[]): Float32Array {
  const d = vectors[0]!.length
  const all = new Float32Array(vectors.length * d)
  vectors.forEach((v, i) => {
    all.set(v, i * d)
  })
  return all
}
