import type { EventEmitter } from 'node:events'
import type { Backbone } from '../models/backbones/registry.ts'
import type { Classifier } from '../models/classifier.ts'
import type { Advice } from '../models/evaluation/advice.ts'
import type { HeadChoiceReason } from '../models/evaluation/choose-head.ts'
import type { HeadName } from '../models/heads/names.ts'
import type { Effort } from '../models/views.ts'
import type { Database } from './db/connection.ts'
import type { IssueSummary } from './db/label-issues.ts'
import type { TrainingJobs } from './db/postgres/training-jobs.ts'
import type { TtlStore } from './db/ttl-store.ts'
import type { VersionSummary } from './db/versions.ts'
import type { Progress } from './progress.ts'
import type { FairQueue } from './workers/fair-queue.ts'
import type { LatencyMeter } from './workers/inference/latency.ts'
import type { InferencePool } from './workers/inference/pool.ts'
import type { SharedTask } from './workers/shared-task.ts'
import type { Training } from './workers/training/training.ts'

/** What the services stand on. */
export type ServiceContext = {
  db: Database
  /** Folder of the backbones that were added. */
  backboneFolder: string
  /** The inference workers of one backbone. They start with the first picture and stay: sessions leak when they are made again. */
  inferencePool(backbone: Backbone): InferencePool
  /** Pictures wait here for their turn, by server, before they are read. */
  queue: FairQueue
  /** ZIP files that people sent wait here for their turn, by server: each is in memory. */
  zipQueue: FairQueue
  /** By dataset: the classifier of the active version, ready to answer or being loaded. */
  classifiers: Map<number, CachedClassifier>
  /** By dataset: the last training of this process that was asked for, waiting or running, which others may follow. */
  trainings: Map<number, Training<TrainingOutcome>>
  trainer: Trainer
  /** Undefined on SQLite, where there are none. */
  jobs: TrainingJobs | undefined
  /** Backbones that are being installed, by what was asked for. */
  installations: Map<string, SharedTask<Progress, Backbone>>
  /** Trainings wait here for their turn, by server: each has as many threads as the machine has cores. */
  trainingQueue: FairQueue
  recentFeatures: RecentFeatures
  ttlStore: TtlStore
  events: EventEmitter<Events>
  /** Time from reading a picture to its features. */
  latency: LatencyMeter
}

/** By prediction id: features of the pictures that were asked about last. On SQLite they are never written to disk. */
export type RecentFeatures = {
  set(id: string, features: Float32Array): Promise<void>
  /** Undefined: it was asked about too long ago. */
  get(id: string): Promise<Float32Array | undefined>
}

/** Who trains: this process, or on PostgreSQL whichever training process takes the job. */
type Trainer = {
  train(dataset: number, request: TrainingRequest): AsyncGenerator<Progress, TrainingOutcome>
}

export type TrainingRequest = {
  /** Heads to choose from by cross-validation; one alone is taken as it is. */
  heads: HeadName[]
  /** Seconds for comparing one head, roughly; heads that take longer are skipped. */
  budget?: number | undefined
  /** Views of a picture that is asked about; left out: as the active version has it. */
  effort?: Effort | undefined
  /** Whether examples that clearly contradict their label are left out; left out: they are. */
  robust?: boolean | undefined
  by: string
}

/** What services tell each other. */
export type Events = {
  /** So many examples of a dataset were added, moved, removed, excluded or put back. */
  examplesChanged: [dataset: number, examples: number]
  /** A training is about to read its examples. `mark`: it sees every change until there (db/example-changes.ts). */
  trainingStarted: [dataset: number, mark: number]
  /** How a training of this process is doing. */
  trainingStatus: [dataset: number, status: TrainingStatus]
  /** A training has written its version; one that fails is not announced. */
  trainingFinished: [dataset: number]
  /** What that version came to. `accuracy`: a share from 0 to 1; null: not measured. */
  trained: [dataset: number, outcome: { accuracy: number | null; isActive: boolean }]
  settingsChanged: [server: string]
  /** Managers of a server should hear of something (db/news.ts). */
  newsAdded: [server: string]
  /** Datasets that are gone with everything in them: nothing is kept, or done later, for their ids. */
  datasetsDeleted: [datasets: number[]]
  /** The program ends: nothing is to be written anymore. */
  closing: []
}

/** How a training is doing, whoever started it. `code`: of what went wrong, where it was somebody's mistake. */
export type TrainingStatus =
  | { state: 'running'; progress: Progress }
  | { state: 'done'; version?: number }
  | { state: 'failed'; code: string | undefined }

export type LoadedClassifier = {
  classifier: Classifier
  version: number
  /** Those that its features are of, in this order. */
  backbones: Backbone[]
  summary: VersionSummary
  /** What it takes in memory. */
  bytes: number
}
/** `names`: what each class is called now; null: a label that was deleted or emptied since, which is never answered. */
export type ActiveClassifier = LoadedClassifier & { names: (string | null)[] }
/** `bytes`: 0 until it is loaded. */
type CachedClassifier = { version: number; bytes: number; ready: Promise<LoadedClassifier | undefined> }

/** How often a label's examples were recognized before and after, as shares from 0 to 1. */
export type LabelChange = { label: string; from: number; to: number }

/** The outcome of a training. `train --json` prints these keys; shares are from 0 to 1. */
export type TrainingOutcome = {
  version: number
  head: string
  /** Number of labels and examples. */
  labels: number
  examples: number
  seconds: number
  /** Whether the version was activated, and why or why not (services/training/activation.ts). */
  promoted: boolean
  reason: 'first' | 'other-labels' | 'as-good' | 'worse' | 'turned' | 'forgotten' | 'overtaken'
  /** Ids of the backbones that answer, and of those that were tried and do not help. */
  backbones: string[]
  unhelpful: string[]
  /** Why this head was chosen, and heads that were not compared because they would take too long. */
  because: HeadChoiceReason
  skipped: HeadName[]
  /** Labels that have drifted (services/label-drift.ts). */
  turned: string[]
  improved: LabelChange[]
  worsened: LabelChange[]
  advice: Advice
  /** A backbone of the catalogue that would probably help, with what to use and the bytes of the download (services/backbones/suggest.ts). */
  suggestedBackbone: { name: string; use: string; bytes: number } | null
} & Pick<VersionSummary, 'accuracy' | 'accuracyInterval' | 'balancedAccuracy' | 'calibrationError'> &
  Pick<VersionSummary, 'recognition' | 'grades' | 'effort'> &
  Omit<IssueSummary, 'teachers'>
