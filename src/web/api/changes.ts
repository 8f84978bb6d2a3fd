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
  let end: (() => void) | undefined

  const onError = (err: unknown): void => log.error({ err }, 'changes cannot be read')

  async function tell(
    id: number,
    what: { event: 'revision'; revision: number } | ({ event: 'training' } & TrainingStatus),
  ) {
    const place = await findPlace(app.db, id)
    if (!place) return
    for (const listener of listeners) listener({ ...place, ...what })
  }

  function start(): () => void {
    const ends = [
      watchRevisions(app, (id, revision) => void tell(id, { event: 'revision', revision }).catch(onError), { onError }),
      watchTrainings(app, (id, status) => void tell(id, { event: 'training', ...status }).catch(onError), onError),
    ]
    return () => {
      for (const one of ends) one()
    }
  }

  return {
    /** Trainings that run now: whoever begins to listen has missed their beginning. */
    async running(): Promise<Change[]> {
      const found = (await listRunning(app)).map(async ({ dataset, progress }): Promise<Change[]> => {
        const place = await findPlace(app.db, dataset)
        return place ? [{ ...place, event: 'training', state: 'running', progress }] : []
      })
      return (await Promise.all(found)).flat()
    },
    add(listener: Listener): void {
      listeners.add(listener)
      end ??= start()
    },
    remove(listener: Listener): void {
      listeners.delete(listener)
      if (listeners.size > 0) return
      end?.()
      end = undefined
    },
  }
}
