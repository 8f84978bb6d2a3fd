import type { EventEmitter } from 'node:events'
import type { Backbone } from '../models/backbones/registry.ts'
import type { Classifier } from '../models/classifier.ts'
import type { Store } from './db/connection.ts'
import type { Expiring } from './db/ttl-store.ts'
import type { VersionSummary } from './db/versions.ts'
import type { Queue } from './workers/fair-queue.ts'
import type { Pool } from './workers/inference/pool.ts'
import type { Speed } from './workers/inference/speed.ts'
import type { Shared } from './workers/shared-task.ts'

/** What the services stand on. */
export type Services = {
  store: Store
  /** The folder of networks that were added. */
  networks: string
  /** Eyes of one backbone, started with the first picture and kept: sessions leak when they are made again. */
  eyes(backbone: Backbone): Pool
  /** Pictures wait here for their turn, before they are read. */
  queue: Queue
  /** By dataset: the version in use, ready to answer or being read. */
  classifiers: Map<number, { version: number; ready: Promise<Ready | undefined> }>
  /** By dataset: the training that runs, which others may join. */
  trainings: Map<number, Shared>
  /** Features of the pictures that were asked about last, by the name of the answer: in memory alone, never written. */
  asked: Map<string, Float32Array>
  expiring: Expiring
  events: EventEmitter<Events>
  /** From a picture's first byte to its answer. */
  speed: Speed
}

type Events = {
  /** So many examples of a dataset changed. */
  filed: [dataset: number, examples: number]
  /** A training has read its examples; it has ended well. */
  learning: [dataset: number]
  trained: [dataset: number]
  settings: [server: string]
}

export type Ready = { classifier: Classifier; version: number; backbone: Backbone; summary: VersionSummary }
