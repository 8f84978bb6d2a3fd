import type { EventEmitter } from 'node:events'
import type { Backbone } from '../models/backbones/registry.ts'
import type { Classifier } from '../models/classifier.ts'
import type { Database } from './db/connection.ts'
import type { TtlStore } from './db/ttl-store.ts'
import type { VersionSummary } from './db/versions.ts'
import type { FairQueue } from './workers/fair-queue.ts'
import type { LatencyMeter } from './workers/inference/latency.ts'
import type { InferencePool } from './workers/inference/pool.ts'
import type { SharedTask } from './workers/shared-task.ts'

/** What the services stand on. */
export type ServiceContext = {
  db: Database
  /** The folder of networks that were added. */
  backboneFolder: string
  /** Eyes of one backbone, started with the first picture and kept: sessions leak when they are made again. */
  inferencePool(backbone: Backbone): InferencePool
  /** Pictures wait here for their turn, before they are read. */
  queue: FairQueue
  /** By dataset: the version in use, ready to answer or being read. */
  classifiers: Map<number, { version: number; ready: Promise<LoadedClassifier | undefined> }>
  /** By dataset: the training that runs, which others may join. */
  trainings: Map<number, SharedTask>
  /** Features of the pictures that were asked about last, by the name of the answer: in memory alone, never written. */
  recentFeatures: Map<string, Float32Array>
  ttlStore: TtlStore
  events: EventEmitter<Events>
  /** From a picture's first byte to its answer. */
  latency: LatencyMeter
}

type Events = {
  /** So many examples of a dataset changed. */
  examplesChanged: [dataset: number, examples: number]
  /** A training has read its examples; it has ended well. */
  trainingStarted: [dataset: number]
  trainingFinished: [dataset: number]
  settingsChanged: [server: string]
}

export type LoadedClassifier = { classifier: Classifier; version: number; backbone: Backbone; summary: VersionSummary }
