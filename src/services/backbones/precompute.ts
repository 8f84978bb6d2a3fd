import { randomUUID } from 'node:crypto'
import type { ServiceContext } from '../../context.ts'
import { datasetBackbones } from '../../db/datasets.ts'
import { holdLease, releaseLease } from '../../db/leadership.ts'
import { readActiveSummary } from '../../db/versions.ts'
import { completeFeatures } from './features.ts'

/** Milliseconds without a new example after which the work begins. */
const QUIET_MS = 1_000
/** How long a dataset is one process's between two pictures; each takes a second or two at most. */
const LEASE_MS = 30_000

/**
 * Computes the features that training needs (mirrored, random views) as examples arrive, one picture at a time, so that
 * training has only to read them. Training computes what is still missing. Of several processes that hear of a change, one does it.
 */
export function startPrecompute(app: ServiceContext, report: (event: object) => void): { stop(): Promise<void> } {
  const holder = randomUUID()
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
      const lease = { name: `precompute:${dataset}`, holder }
      if (!(await holdLease(app.db, { ...lease, ttlMs: LEASE_MS }))) continue
      await complete(dataset, lease).finally(() => releaseLease(app.db, lease))
      if (isStopped) return
    }
  }

  async function complete(dataset: number, lease: { name: string; holder: string }): Promise<void> {
    const backbones = await datasetBackbones(app.db, dataset)
    const effort = (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
    let heldAt = performance.now()
    for await (const _ of completeFeatures(app, dataset, { backbones, effort, concurrency: 1 })) {
      if (isStopped) return
      if (performance.now() - heldAt < LEASE_MS / 3) continue
      if (!(await holdLease(app.db, { ...lease, ttlMs: LEASE_MS }))) return
      heldAt = performance.now()
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
