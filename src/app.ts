import { EventEmitter } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Services } from './services.ts'
import { openStore } from './store/database.ts'
import { openExpiring } from './store/expiring.ts'
import { useKeys } from './store/sealing.ts'
import { Pool } from './workers/pool.ts'
import { Queue } from './workers/queue.ts'
import { Speed } from './workers/speed.ts'

export type App = Services & { close(): Promise<void> }

/** Pictures that may wait for their turn. */
const WAITING = 600

/** Builds the services. The only place that chooses an implementation. @param keys that pictures are sealed with */
export async function openApp(home: string, keys: Buffer[] = []): Promise<App> {
  const store = await openStore(home)
  useKeys(store, keys)
  const pools = new Map<string, Pool>()
  const trainings: Services['trainings'] = new Map()
  const queue = new Queue(availableParallelism() * 2, WAITING)
  return {
    store,
    networks: join(home, 'backbones'),
    queue,
    trainings,
    classifiers: new Map(),
    asked: new Map(),
    expiring: openExpiring(store),
    events: new EventEmitter(),
    speed: new Speed(),
    eyes(backbone) {
      const pool = pools.get(backbone.id) ?? new Pool(backbone)
      pools.set(backbone.id, pool)
      return pool
    },
    async close() {
      queue.stop()
      await Promise.all([...trainings.values()].map((training) => training.stop()))
      await Promise.all([...pools.values()].map((pool) => pool.close()))
      await store.destroy()
    },
  }
}
