import type { ServiceContext } from '../../context.ts'
import { datasetBackbone } from '../../db/datasets.ts'
import { readActiveSummary } from '../../db/versions.ts'
import { completeFeatures } from './features.ts'

/** Filing has rested for so long, in milliseconds. */
const REST = 1_000

/**
 * Sees what was filed from the sides that training needs (mirrored, random views), one picture at a time while others ask, so that
 * training has only to read. What it does not get to, training does. @returns what stops it
 */
export function startPrecompute(app: ServiceContext, tell: (event: object) => void): { stop(): Promise<void> } {
  const due = new Set<number>()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  let stopped = false

  const later = (dataset: number): void => {
    due.add(dataset)
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(go, REST)
  }
  function go(): void {
    running = running.then(work).catch((error) => tell({ error, what: 'seeing ahead' }))
  }
  async function work(): Promise<void> {
    for (const dataset of due) {
      due.delete(dataset)
      const backbone = await datasetBackbone(app.db, dataset)
      const effort = (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
      for await (const _ of completeFeatures(app, dataset, backbone, effort, 1)) if (stopped) return
    }
  }
  app.events.on('examplesChanged', later)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      app.events.off('examplesChanged', later)
      await running
    },
  }
}
