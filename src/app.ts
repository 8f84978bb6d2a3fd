import { EventEmitter } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Services } from './context.ts'
import { openStore } from './db/connection.ts'
import { useKeys } from './db/encryption.ts'
import { openExpiring } from './db/ttl-store.ts'
import { Queue } from './workers/fair-queue.ts'
import { Pool } from './workers/inference/pool.ts'
import { Speed } from './workers/inference/speed.ts'

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
