import type { Backbone } from '../../../models/backbones/registry.ts'
import type { ServiceContext } from '../../context.ts'
import { joinBackboneIds } from '../../db/backbones.ts'
import { datasetBackboneIds, setDatasetBackbones } from '../../db/datasets.ts'
import { readActiveSummary } from '../../db/versions.ts'
import type { Progress } from '../../progress.ts'
import { completeFeatures } from './features.ts'

/** Ids of the backbones of now and before, joined; and how many feature vectors were computed. */
type BackboneChange = { backbone: string; from: string; views: number }

/**
 * Computes the features of every picture under other backbones, then makes them the dataset's own. The active version answers until a training
 * has made another one. @throws UserError backbone.unusable, busy.*; the dataset keeps its backbones
 */
export async function* useBackbones(
  app: ServiceContext,
  dataset: number,
  { backbones, by }: { backbones: Backbone[]; by: string },
): AsyncGenerator<Progress, BackboneChange> {
  const from = await datasetBackboneIds(app.db, dataset)
  const backbone = joinBackboneIds(backbones)
  const effort = (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
  const views = yield* completeFeatures(app, dataset, { backbones, effort })
  if (backbone === from) return { backbone, from, views }
  // Last: a run that is cut off leaves the previous ones.
  await setDatasetBackbones(app.db, dataset, { backbones, by })
  app.events.emit('examplesChanged', dataset, 1)
  return { backbone, from, views }
}
