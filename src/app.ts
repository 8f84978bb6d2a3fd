import { EventEmitter } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { ServiceContext } from './context.ts'
import { openDatabase } from './db/connection.ts'
import { useEncryptionKeys } from './db/encryption.ts'
import { openTtlStore } from './db/ttl-store.ts'
import { FairQueue } from './workers/fair-queue.ts'
import { LatencyMeter } from './workers/inference/latency.ts'
import { InferencePool } from './workers/inference/pool.ts'

export type App = ServiceContext & { close(): Promise<void> }

/** Pictures that may wait for their turn. */
const WAITING = 600

/** Builds the services. The only place that chooses an implementation. @param keys that pictures are sealed with */
export async function openApp(home: string, keys: Buffer[] = []): Promise<App> {
  const db = await openDatabase(home)
  useEncryptionKeys(db, keys)
  const pools = new Map<string, InferencePool>()
  const trainings: ServiceContext['trainings'] = new Map()
  const queue = new FairQueue(availableParallelism() * 2, WAITING)
  return {
    db,
    backboneFolder: join(home, 'backbones'),
    queue,
    trainings,
    classifiers: new Map(),
    recentFeatures: new Map(),
    ttlStore: openTtlStore(db),
    events: new EventEmitter(),
    latency: new LatencyMeter(),
    inferencePool(backbone) {
      const pool = pools.get(backbone.id) ?? new InferencePool(backbone)
      pools.set(backbone.id, pool)
      return pool
    },
    async close() {
      queue.stop()
      await Promise.all([...trainings.values()].map((training) => training.stop()))
      await Promise.all([...pools.values()].map((pool) => pool.close()))
      await db.destroy()
    },
  }
}
