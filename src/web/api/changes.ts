import type { TrainingStatus } from '../../context.ts'
import { findPlace } from '../../db/datasets.ts'
import { watchRevisions } from '../../services/revisions.ts'
import { listRunning, watchTrainings } from '../../services/training-status.ts'
import type { WebContext } from '../context.ts'

type Place = { server: string; dataset: string }
export type Change = Place & (({ event: 'training' } & TrainingStatus) | { event: 'revision'; revision: number })
type Listener = (change: Change) => void

/** Watches the database while somebody listens; one watch for all of them. */
export function openChanges({ app, log }: WebContext) {
  const listeners = new Set<Listener>()
  let watch: ReturnType<typeof start> | undefined

  const onError = (err: unknown): void => log.error({ err }, 'changes cannot be read')

  async function tell(
    id: number,
    what: { event: 'revision'; revision: number } | ({ event: 'training' } & TrainingStatus),
  ) {
    const place = await findPlace(app.db, id)
    if (!place) return
    for (const listener of listeners) listener({ ...place, ...what })
  }

  function start() {
    const endRevisions = watchRevisions(
      app,
      (id, revision) => void tell(id, { event: 'revision', revision }).catch(onError),
      { onError },
    )
    const trainings = watchTrainings(
      app,
      (id, status) => void tell(id, { event: 'training', ...status }).catch(onError),
      onError,
    )
    return { trainings, endRevisions }
  }

  return {
    /** Trainings that run now: whoever begins to listen has missed their beginning. */
    async running(): Promise<Change[]> {
      const running = await listRunning(app)
      const found = running.map(async ({ dataset, progress }): Promise<Change[]> => {
        const place = await findPlace(app.db, dataset)
        return place ? [{ ...place, event: 'training', state: 'running', progress }] : []
      })
      const changes = (await Promise.all(found)).flat()
      // One may have ended meanwhile, before this watch has seen it.
      for (const { dataset } of running) watch?.trainings.note(dataset)
      return changes
    },
    add(listener: Listener): void {
      listeners.add(listener)
      watch ??= start()
    },
    remove(listener: Listener): void {
      listeners.delete(listener)
      if (listeners.size > 0) return
      void watch?.endRevisions()
      void watch?.trainings.end()
      watch = undefined
    },
  }
}
