import { readServerLimits } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { copyDataset } from '../db/copy-dataset.ts'
import { deleteDataset, emptyDataset, purgeDatasets, renameDataset } from '../db/dataset-changes.ts'
import { type Progress, pictureProgress } from '../progress.ts'

/** One of a server's datasets, and who changes it. */
type Target = { server: string; name: string; by: string }

/** Gives a dataset another name; channels that use it go on using it. Throws UserError dataset.* */
export async function giveDatasetName(app: ServiceContext, target: Target, to: string) {
  const renamed = await renameDataset(app.db, target, to)
  app.events.emit('settingsChanged', target.server)
  return renamed
}

/** Copies a dataset; the copy is trained as the settings say. Yields its progress. Throws UserError dataset.* */
export async function* makeCopy(app: ServiceContext, { to, ...target }: Target & { to: string }) {
  const copying = copyDataset(app.db, { ...target, to, limits: readServerLimits() })
  for (;;) {
    const { done, value } = await copying.next()
    if (done) {
      const { dataset, examples } = value
      if (examples > 0) app.events.emit('examplesChanged', dataset, examples)
      return value
    }
    yield pictureProgress(value.done, value.total)
  }
}

/** Deletes a dataset at once, and then what was in it. Yields the progress of that. Throws UserError dataset.* */
export async function* removeDataset(app: ServiceContext, target: Target): AsyncGenerator<Progress, void> {
  const dataset = await deleteDataset(app.db, target)
  app.events.emit('datasetsDeleted', [dataset])
  app.events.emit('settingsChanged', target.server)
  yield* purge(app)
}

/** Empties a dataset at once, and deletes what was in it. Yields the progress of that. Throws UserError dataset.* */
export async function* clearDataset(app: ServiceContext, target: Target): AsyncGenerator<Progress, void> {
  const { old } = await emptyDataset(app.db, target)
  app.events.emit('datasetsDeleted', [old])
  yield* purge(app)
}

async function* purge({ db }: ServiceContext): AsyncGenerator<Progress, void> {
  for await (const pictures of purgeDatasets(db)) yield pictureProgress(pictures)
}
