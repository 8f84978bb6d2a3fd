import type { ServiceContext } from '../../context.ts'
import { datasetBackbones } from '../../db/datasets.ts'
import { readActiveSummary } from '../../db/versions.ts'
import { completeFeatures } from './features.ts'

/** Milliseconds without a new example after which the work begins. */
const QUIET_MS = 1_000

/**
 * Computes the features that training needs (mirrored, random views) as examples arrive, one picture at a time, so that
 * training has only to read them. Training computes what is still missing.
 */
export function startPrecompute(app: ServiceContext, report: (event: object) => void): { stop(): Promise<void> } {
  const changed = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let isStopped = false

  function onExamplesChanged(dataset: number): void {
    changed.add(dataset)
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(start, QUIET_MS)
  }

  function onDatasetsDeleted(datasets: number[]): void {
    for (const dataset of datasets) changed.delete(dataset)
  }

  function start(): void {
    running = running.then(completeChanged).catch((error) => report({ error, what: 'computing features ahead' }))
  }

  async function completeChanged(): Promise<void> {
    for (const dataset of changed) {
      changed.delete(dataset)
      const backbones = await datasetBackbones(app.db, dataset)
      const effort = (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
      for await (const _ of completeFeatures(app, dataset, { backbones, effort, concurrency: 1 })) if (isStopped) return
    }
  }

  app.events.on('examplesChanged', onExamplesChanged).on('datasetsDeleted', onDatasetsDeleted)
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      app.events.off('examplesChanged', onExamplesChanged).off('datasetsDeleted', onDatasetsDeleted)
      await running
    },
  }
}
