import './no-telemetry.ts'
import { EventEmitter } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { ServiceContext } from './context.ts'
import { useBackboneHome } from './db/backbones.ts'
import { type OpenOptions, openDatabase } from './db/connection.ts'
import { useEncryptionKeys } from './db/encryption.ts'
import { openTtlStore } from './db/ttl-store.ts'
import { FairQueue } from './workers/fair-queue.ts'
import { LatencyMeter } from './workers/inference/latency.ts'
import { InferencePool } from './workers/inference/pool.ts'

export type App = ServiceContext & { close(): Promise<void> }

/** Pictures that may wait for their turn: at some 20 ms each on a core, the last one waits for seconds. */
const MAX_WAITING = 600
/** Pictures in progress for each core: one runs the network while the next is decoded. */
const PICTURES_PER_CORE = 2
/** Cores for each training that runs: its threads wait for each other often. */
const CORES_PER_TRAINING = 2
/** ZIP files in memory at once, and those that may wait: each takes up to 100 MiB, and minutes. */
const [CONCURRENT_ZIPS, MAX_WAITING_ZIPS] = [2, 20]
/** Trainings that may wait, at seconds each. */
const MAX_TRAININGS = 200

/**
 * Wires the services up: the only place that chooses an implementation.
 * @param home folder of the database and of added backbones
 * @param options `keys`: pictures are encrypted with the first and decrypted with any; none: they are not encrypted
 * Throws UserError home.*, database.*, data.key-missing, data.key-wrong
 */
export async function openApp(home: string, { keys = [], readers, onCopied }: OpenOptions = {}): Promise<App> {
  const db = await openDatabase(home, { keys, readers, onCopied })
  useEncryptionKeys(db, keys)
  useBackboneHome(db, home)
  const pools = new Map<string, InferencePool>()
  const trainings: ServiceContext['trainings'] = new Map()
  const installations: ServiceContext['installations'] = new Map()
  const queue = new FairQueue(availableParallelism() * PICTURES_PER_CORE, MAX_WAITING)
  const zipQueue = new FairQueue(CONCURRENT_ZIPS, MAX_WAITING_ZIPS, 'ZIP files')
  const events: ServiceContext['events'] = new EventEmitter()
  const classifiers: ServiceContext['classifiers'] = new Map()
  events.on('datasetsDeleted', (datasets) => {
    for (const dataset of datasets) {
      classifiers.delete(dataset)
      void trainings.get(dataset)?.stop()
    }
  })
  const concurrentTrainings = Math.max(1, Math.floor(availableParallelism() / CORES_PER_TRAINING))
  const trainingQueue = new FairQueue(concurrentTrainings, MAX_TRAININGS, 'trainings')
  return {
    db,
    backboneFolder: join(home, 'backbones'),
    queue,
    zipQueue,
    trainings,
    trainingQueue,
    installations,
    classifiers,
    recentFeatures: new Map(),
    ttlStore: openTtlStore(db),
    events,
    latency: new LatencyMeter(),
    inferencePool(backbone) {
      const pool = pools.get(backbone.id) ?? new InferencePool(backbone)
      pools.set(backbone.id, pool)
      return pool
    },
    async close() {
      events.emit('closing')
      queue.stop()
      zipQueue.stop()
      trainingQueue.stop()
      await Promise.all([...trainings.values()].map((training) => training.stop()))
      await Promise.all([...installations.values()].map((installation) => installation.stop()))
      await Promise.all([...pools.values()].map((pool) => pool.close()))
      await db.destroy()
    },
  }
}
