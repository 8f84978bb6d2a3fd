import type { BackboneFacts } from '../../models/backbones/catalogue.ts'
import type { Backbone } from '../../models/backbones/registry.ts'
import type { Advice } from '../../models/evaluation/advice.ts'
import type { LearningCurve, Measurement } from '../../models/evaluation/measurement.ts'
import type { TrainingOutcome } from '../context.ts'
import type { DeletedLabel, RestoredLabel } from '../db/deleted-labels.ts'
import type { IssueSummary, Reason } from '../db/label-issues.ts'
import type { Action, Decision } from '../db/schema.ts'
import type { Suspect } from '../db/suspects.ts'
import type { VersionOrigin } from '../db/version-origins.ts'
import type { BackboneBenchmark } from '../services/backbones/benchmark.ts'
import type { BackboneChoice } from '../services/backbones/choose.ts'
import type { PictureKind } from '../services/backbones/picture-kinds.ts'
import type { CleanUp } from '../services/clean-up.ts'
import type { ExampleDetails } from '../services/example-details.ts'
import type { Explanation } from '../services/explanation.ts'
import type { FailedPrediction, Prediction } from '../services/prediction.ts'
import type { ReviewQueue } from '../services/review-queue.ts'
import type { Settings } from '../services/settings.ts'
import type { VersionComparison } from '../services/version-comparison.ts'
import type { OperatorResults } from './operator-results.ts'

export type { ChoiceKey } from './choice-keys.ts'

export type Rejected = { file: string; code: string; message: string }
/** The last decision, and whether another reviewer must agree first. */
type After = {
  decision: string
  waits: boolean
  /** How many the decision was about, where several were decided about together. */
  pictures?: number
  refused?: number
  /** What somebody changed since it was shown, and stays so, with the label that it has now; null: it is gone. */
  changed?: { example: number; label: string | null }[]
}
type Change = { id: number; at: string; by: string; action: Action; dataset: string | null; detail: object }
type VersionRow = {
  version: number
  /** Whether it is the active one. */
  current: boolean
  madeAt: string
  backbone: string
  head: string
  /** How many. */
  labels: number
  examples: number
  accuracy: number | null
  accuracyInterval: readonly [number, number] | null
  balancedAccuracy: number | null
  calibrationError: number | null
  /** Against the version before. */
  accuracyGained: number | null
  labelsAdded: string[]
  labelsRemoved: string[]
} & Partial<VersionOrigin>
type Stats = {
  labels: { label: string; examples: number }[]
  version: number | null
  head: string | null
  accuracy: number | null
  accuracyInterval: readonly [number, number] | null
  balancedAccuracy: number | null
  /** Out of fold: how many of what was taught is accepted, and of what was not is refused. */
  recognition: Measurement['recognition']
  live: { judged: number; right: number; accuracy: number | null; interval: readonly [number, number] | null }
  /** At normal caution. */
  grades: Measurement['grades']
  learning: LearningCurve | null
  advice: Advice | null
  survey: IssueSummary | null
  confusion: { labels: string[]; counts: number[][] } | null
  confusions: { label: string; takenFor: string; count: number }[]
  calibrationError: number | null
  calibration: Measurement['calibration']
  versions: { version: number; madeAt: string; accuracy: number | null }[]
  queue: { waiting: number; trainings: number }
  speed: { pictures: number; milliseconds: number | null }
  storage: { pictures: number; databaseBytes: number }
}

/** `version`: the active one; null: none was trained. `channels`: ids of those that it was chosen for. */
type DatasetRow = { name: string; labels: number; examples: number; version: number | null; channels: string[] }

/** What a command can answer, by key, with the values that go with it: the contract between commands and front ends. */
export type Results = OperatorResults & {
  /** `skipped`: entries of folders and ZIP files that no person put there. `parts`: folders as train and val whose labels were joined. */
  added: {
    added: number
    duplicates: number
    rejected: Rejected[]
    label?: string
    /** Where each folder was a label: how many were added to each. */
    labels?: { label: string; added: number }[]
    /** Folders of ZIP files that all went to one label, where there were several. */
    folders?: number
    skipped?: number
    parts?: string[]
    /**
     * Of an export: how many of those that were added are excluded and withdrawn, as they were, and how many decisions of
     * reviewers were brought back. `isYours`: all counts as added by whoever imported it.
     */
    restored?: { excluded: number; withdrawn: number; decisions: number; isYours: boolean }
    /** What the training that followed by itself came to: a share from 0 to 1, where it was measured. */
    learned?: { accuracy: number | null; isActive: boolean }
  }
  /** `refused`: about which reviewers decided; left out where there are none. */
  removed: { removed: number; rejected: Rejected[]; refused?: number }
  /** Before several pictures are removed from a label. */
  removeAsk: { label: string; pictures: number; rejected: Rejected[] }
  /**
   * `unchanged`: had the label already. `waiting`, `refused`: as in `reviewed`. `skipped`: as in `added`. All three are left out
   * where there are none.
   */
  moved: {
    label: string
    moved: { file: string; from: string[] }[]
    unchanged: number
    waiting?: number
    refused?: number
    rejected: Rejected[]
    skipped?: number
  }
  undone: { removed: number }
  /** `total`: how many there are, where `suspects` are only the first ones. */
  suspects: { suspects: Suspect[]; total?: number }
  suspect: {
    id: number
    file: string
    label: string
    suggested: string | null
    score: number | null
    reasons: Reason[]
  }
  review: Suspect & { left: number; after: After | null }
  /** Suspects that the same label fits better, or, where it is null, that none fits better. */
  reviewBatch: {
    suggested: string | null
    suspects: { example: number; label: string; file: string }[]
    left: number
    after: After | null
  }
  reviewDone: { after: After | null }
  /** `agreement`: reviewers who must decide the same. */
  reviewQueue: ReviewQueue & { agreement: number; after: After | null }
  /** `ids`: of examples, in order; `revision`: of the dataset, which they are at least as new as. */
  gallery: { total: number; revision: number; ids: number[] }
  /** `history`: the last changes that concern it, latest first. */
  example: { example: ExampleDetails; history: Change[] }
  /** `left`: what somebody changed since, and stays so. */
  changeUndone: { undone: number; left: number }
  /** Before a picture is moved to a label that is not there. */
  newLabelAsk: { label: string; example: number }
  /** `refused`: about which this person may not decide; left out where there are none. */
  reviewed: { decision: Decision; label: string | null; done: number; waiting: number; refused?: number }
  /** `pictures`: how many, where several were decided about together. */
  reviewUndone: { example: number; pictures?: number }
  /** `listed`: in a chat, those of the page, most suspect first. */
  reported: { file: string; examples: number; suspects: number; listed?: Suspect[] }
  datasets: { datasets: DatasetRow[] }
  /** Before a dataset is emptied or deleted, and after. */
  datasetAsk: { action: 'empty' | 'delete'; dataset: DatasetRow }
  datasetRemoved: { action: 'empty' | 'delete'; dataset: DatasetRow }
  datasetRenamed: { renamed: string; to: string }
  datasetCopied: { name: string; to: string; labels: number; examples: number }
  /** `alike`: those that only width or another compatible form tells apart; left out where there are none. */
  labels: { labels: { label: string; examples: number }[]; alike?: string[][] }
  labelRenamed: { renamed: string; to: string }
  labelsMerged: { merged: string; into: string; moved: number; inBoth: number }
  /** `only`: pictures that no other label has. `days`: in which it can be brought back. `changed`: since it was shown before. */
  deleteLabelAsk: { label: string; examples: number; only: number; days: number; changed: boolean }
  labelDeleted: { deleted: string; examples: number; days: number }
  labelRestored: RestoredLabel
  /** `into`: what a merged one was merged into. */
  deletedLabels: { labels: Omit<DeletedLabel, 'id'>[] }
  trained: TrainingOutcome
  predicted: (Prediction & { why?: Explanation }) | FailedPrediction
  /** Pictures that were copied into folders by their answers. `there`: those that the folder had already. */
  sorted: {
    dir: string
    copied: number
    there: number
    sure: number
    unsure: number
    unknown: number
    folders: { folder: string; pictures: number }[]
    rejected: Rejected[]
  }
  reasons: Explanation
  feedbackGiven: { right: boolean; said: string | null; truth: string | null }
  whatIsIt: { said: string | null }
  /** What was to be added to a label can no longer be had. */
  pictureGone: { label: string }
  ignoring: { ignoring: boolean }
  stats: Stats
  versions: { versions: VersionRow[] }
  versionsCompared: VersionComparison
  rolledBack: { version: number; from: number | null }
  /** `formerConfidence`: percent that were set before there were grades, and are `settings.answer` now. */
  settings: { settings: Settings; changed: string[]; formerConfidence?: number }
  audit: { changes: Change[] }
  /** `version`: trained without them; null: too little is left to train. */
  /** `version`: trained without them; null: too little is left. `active`: what answers now, which may be an older one. */
  withdrawn: { teacher: string; examples: number; version: number | null; active: number | null }
  restored: { teacher: string; examples: number }
  /** `changed`: since it was shown before. */
  withdrawAsk: { teacher: string; examples: number; changed: boolean }
  /** Before and after everything that somebody did is taken back. `since`: ISO 8601. */
  cleanUpFound: CleanUp & { person: string; since: string; changed: boolean }
  cleanedUp: CleanUp & { person: string; since: string }
  /** `everywhere`: on every server, not only here. */
  forgetAsk: { examples: number; everywhere: boolean }
  forgotten: { examples: number; everywhere: boolean }
  /** `url`, `urlJa`: of the privacy policy, in English and in Japanese. */
  privacy: { learnFromPosts: boolean; graceDays: number; url: string; urlJa: string }
  /** `ignored`: servers where their posts are left alone; left out where there are none. */
  myData: { examples: number; feedback: number; changes: number; ignored?: number; everywhere: boolean }
  /** What is kept of somebody on all servers, before it is deleted. */
  personFound: { person: string; examples: number; feedback: number; decisions: number; changes: number }
  personForgotten: { person: string; examples: number }
  personExported: { person: string; examples: number; feedback: number; changes: number; files: string[] }
  /** `id`: Discord's own, where it is known. */
  help: {
    trained: boolean
    topics: { topic: HelpTopic; commands: { name: string; summary: string; id: string | undefined }[] }[]
  }
  /** `welcome`: with a greeting. `teacher`: the role that may teach, besides those who may by their permissions. */
  setup: {
    step: 'language' | 'teachers' | 'channel' | 'done'
    welcome: boolean
    language: Settings['language']
    teacher: string | 'everybody' | null
    watched: string[]
    seesPosts: boolean
  }
  /** `facts`: null where nothing is known of a network. `catalogue`: what can be added, with the names of `toAdd`. */
  backbones: {
    backbones: (Pick<Backbone, 'id' | 'file' | 'input'> & { current: boolean; facts: BackboneFacts | null })[]
    toAdd: string[]
    catalogue: { name: string; facts: BackboneFacts }[]
  }
  backboneAdded: { backbone: string; file: string }
  compared: { compared: BackboneBenchmark[] }
  /** `choice`: of `use auto`. */
  backboneChanged: { backbone: string; from: string; views: number; choice?: BackboneChoice }
  /** In a chat. `changed`: false where it was so before. `retraining`: when a version is trained on it. */
  backboneChosen: { pictures: PictureKind; changed: boolean; retraining: Settings['retraining'] }
  /** `examples`: those that are learned from. */
  exported: {
    dir: string
    examples: number
    excluded: number
    withdrawn: number
    unreadable: number
    /** `checked`: pictures on which the exported network was compared. Null where nothing was trained. */
    classifier: { version: number; labels: number; checked: number; largestDifference: number } | null
  }
}

export type HelpTopic = 'asking' | 'adding' | 'review' | 'training' | 'server' | 'privacy'
