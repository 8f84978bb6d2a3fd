import './no-telemetry.ts'
import { EventEmitter } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { ServiceContext } from './context.ts'
import { useBackboneHome } from './db/backbones.ts'
import { type Database, type OpenOptions, openDatabase } from './db/connection.ts'
import { useEncryptionKeys } from './db/encryption.ts'
import { type BucketOptions, connectBucket } from './db/objects/connect.ts'
import type { TrainingJobs } from './db/postgres/training-jobs.ts'
import { openRecentFeatures } from './db/recent-features.ts'
import { openTtlStore } from './db/ttl-store.ts'
import { RecentInMemory } from './services/recent-features.ts'
import type { JobTrainer } from './services/training/job-trainer.ts'
import { FairQueue } from './workers/fair-queue.ts'
import { LatencyMeter } from './workers/inference/latency.ts'
import { InferencePool } from './workers/inference/pool.ts'

/** `bucket`: where copies of pictures go; left out: into the database. */
type AppOptions = OpenOptions & { bucket?: BucketOptions | undefined }

export type App = ServiceContext & { close(): Promise<void> }

/** Pictures that may wait for their turn: at some 20 ms each on a core, the last one waits for seconds. */
const MAX_WAITING = 600
/** Pictures in progress for each core: as many as an inference worker holds. */
const PICTURES_PER_CORE = 3
/** Cores for each training that runs: its threads wait for each other often. */
const CORES_PER_TRAINING = 2
/** ZIP files in memory at once, and those that may wait: each takes up to 100 MiB, and minutes. */
const [CONCURRENT_ZIPS, MAX_WAITING_ZIPS] = [2, 20]
/** Trainings that may wait, at seconds each. */
const MAX_TRAININGS = 200

type Pictures = { bucket: BucketOptions | undefined; hasKey: boolean }

async function openJobs(url: string): Promise<TrainingJobs> {
  const { TrainingJobs } = await import('./db/postgres/training-jobs.ts')
  return new TrainingJobs({ url })
}

/** The bucket is reached through the proxy of the environment, which is loaded only where there is a bucket. */
async function openPictures(db: Database, { bucket, hasKey }: Pictures): Promise<() => Promise<void>> {
  if (!bucket) return connectBucket(db, { options: undefined, hasKey })
  const { openProxyAgent } = await import('./http-proxy.ts')
  return connectBucket(db, { options: { dispatcher: openProxyAgent(), ...bucket }, hasKey })
}

/**
 * Wires the services up: the only place that chooses an implementation.
 * @param home folder of the database, unless `databaseUrl` says where it is, and of added backbones
 * @param options `keys`: pictures are encrypted with the first and decrypted with any; none: they are not encrypted
 * Throws UserError home.*, database.*, data.key-missing, data.key-wrong, bucket.no-key, bucket.not-set
 */
export async function openApp(home: string, { keys = [], bucket, ...options }: AppOptions = {}): Promise<App> {
  const db = await openDatabase(home, { keys, ...options })
  useEncryptionKeys(db, keys)
  const closeBucket = await openPictures(db, { bucket, hasKey: keys.length > 0 }).catch(async (error) => {
    await db.destroy()
    throw error
  })
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
  const { databaseUrl } = options
  const jobs = databaseUrl === undefined ? undefined : await openJobs(databaseUrl)
  let jobTrainer: JobTrainer | undefined
  const app: App = {
    db,
    backboneFolder: join(home, 'backbones'),
    queue,
    zipQueue,
    trainings,
    trainingQueue,
    jobs,
    trainer: {
      async *train(dataset, request) {
        // With the learning, which most commands do without.
        if (jobs) {
          const { JobTrainer } = await import('./services/training/job-trainer.ts')
          jobTrainer ??= new JobTrainer(app, jobs)
          return yield* jobTrainer.train(dataset, request)
        }
        const { trainHere } = await import('./services/training/local-trainer.ts')
        return yield* trainHere(app, dataset, request)
      },
    },
    installations,
    classifiers,
    recentFeatures: databaseUrl === undefined ? new RecentInMemory() : openRecentFeatures(db),
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
      await jobTrainer?.close()
      await jobs?.close()
      await Promise.all([...installations.values()].map((installation) => installation.stop()))
      await Promise.all([...pools.values()].map((pool) => pool.close()))
      await closeBucket()
      await db.destroy()
    },
  }
  return app
}
