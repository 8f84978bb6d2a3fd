import type { MessagePort } from 'node:worker_threads'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { HeadName } from '../../../models/heads/names.ts'
import type { DatasetIssues } from '../../../models/label-issues/find-dataset-issues.ts'
import type { trainClassifier } from '../../../models/train.ts'
import type { validateFolds } from '../../../models/training/folds.ts'
import type { Embeddings, TrainingSet } from '../../../models/training-set.ts'

/** The pictures as features of a backbone, whose prior and background are read where they are needed. */
type JobEmbeddings = Omit<Embeddings, 'prior' | 'background'> & { backbone: Backbone }

/** What is trained on. `embeddings`: by backbone, one or more. */
export type JobExamples = Pick<TrainingSet, 'y' | 'labels' | 'hashes' | 'vouched'> & { embeddings: JobEmbeddings[] }

/** What the training worker is given. `budget`: seconds for comparing one head. */
export type TrainingJob = JobExamples & {
  heads: HeadName[]
  budget: number
  robust: boolean
}

type Trained = ReturnType<typeof trainClassifier>

/** What training says about single examples and pairs of them, by their row in the training set. */
export type IssueFindings = Pick<DatasetIssues, 'copies' | 'conflicts' | 'suspicions'>

/** A trained classifier as JSON, with how it was chosen and how well it does. */
export type TrainingResult = {
  classifier: ReturnType<Trained['classifier']['toJSON']>
  /** Out of fold, by row: the answered class; -1 not measured. */
  answers: Int32Array
  /** The same: 1 right, 0 wrong, -1 not measured. */
  hits: Int8Array
} & IssueFindings &
  Pick<Trained, 'head' | 'reason' | 'backbones' | 'skipped' | 'measurement'>

/** From the training worker: the share done, 0 to 1, and then the result. */
export type TrainingMessage = { share: number } | { result: TrainingResult }

/** Some folds of a cross-validation, under one backbone of the job. */
export type SharedFolds = { job: TrainingJob; issues: DatasetIssues; backbone: number; folds: number[] }

/** For a fold worker: some folds; or to share the loops of the training worker, in its memory. */
export type FoldJob = SharedFolds | { memory: WebAssembly.Memory; mailbox: SharedArrayBuffer }

/** One for each fold, in the order of the folds. */
export type FoldResults = ReturnType<typeof validateFolds>
export type FoldReply = { results: FoldResults } | { error: Error }

/** Between the training worker and a fold worker. `done[0]` is 1 when the reply is in the port. */
export type FoldChannel = { port: MessagePort; done: Int32Array }
