import type { Advice } from '../../models/evaluation/advice.ts'
import type { LearningCurve } from '../../models/evaluation/measurement.ts'
import type { IssueSummary } from '../db/label-issues.ts'
import type { Action, Decision } from '../db/schema.ts'
import type { Suspect } from '../db/suspects.ts'
import type { BackboneBenchmark } from '../services/backbones/benchmark.ts'
import type { Reasons } from '../services/explanation.ts'
import type { Failure, Prediction } from '../services/prediction.ts'
import type { Settings } from '../services/settings.ts'
import type { Trained } from '../services/training.ts'

export type Rejected = { file: string; code: string; message: string }
/** What was just decided, and whether another reviewer must say the same. */
type After = { decision: string; waits: boolean }
type Change = { id: number; at: string; by: string; action: Action; dataset: string | null; detail: object }
type VersionRow = {
  version: number
  current: boolean
  madeAt: string
  examples: number
  accuracy: number | null
  accuracyInterval: readonly [number, number] | null
}
type Measured = {
  labels: { label: string; examples: number }[]
  version: number | null
  head: string | null
  accuracy: number | null
  accuracyInterval: readonly [number, number] | null
  live: { judged: number; right: number; accuracy: number | null; interval: readonly [number, number] | null }
  learning: LearningCurve | null
  advice: Advice | null
  survey: IssueSummary | null
  confusion: { labels: string[]; counts: number[][] } | null
  confusions: { label: string; takenFor: string; count: number }[]
  calibrationError: number | null
  versions: { version: number; madeAt: string; accuracy: number | null }[]
  queue: { waiting: number; trainings: number }
  speed: { pictures: number; milliseconds: number | null }
  storage: { pictures: number; databaseBytes: number }
}

/** What a verb can say, by key, with the values that go with it: the contract between verbs and doors. */
export type Results = {
  added: { added: number; duplicates: number; rejected: Rejected[]; label?: string }
  removed: { removed: number; rejected: Rejected[] }
  moved: { label: string; moved: { file: string; from: string[] }[]; unchanged: number; rejected: Rejected[] }
  undone: { removed: number }
  suspects: { suspects: Suspect[] }
  suspect: {
    id: number
    file: string
    label: string
    suggested: string | null
    score: number | null
    reason: string
  }
  review: Suspect & { left: number; after: After | null }
  reviewDone: { after: After | null }
  reviewed: { decision: Decision; label: string | null; done: number; waiting: number }
  reviewUndone: { example: number }
  reported: { file: string; examples: number; suspects: number }
  labels: { labels: { label: string; examples: number }[] }
  labelRenamed: { renamed: string; to: string }
  labelsMerged: { merged: string; into: string; moved: number; inBoth: number }
  labelDeleted: { deleted: string; examples: number }
  trained: Trained
  predicted: (Prediction & { why?: Reasons }) | Failure
  reasons: Reasons
  feedbackGiven: { right: boolean; said: string | null; truth: string | null }
  whatIsIt: { said: string | null }
  stats: Measured
  versions: { versions: VersionRow[] }
  rolledBack: { version: number; from: number | null }
  settings: { settings: Settings; changed: string[] }
  audit: { changes: Change[] }
  /** `version`: trained without them; null: too little is left to train. */
  withdrawn: { teacher: string; examples: number; version: number | null }
  restored: { teacher: string; examples: number }
  forgetAsk: { examples: number }
  forgotten: { examples: number }
  privacy: { learnFromPosts: boolean; graceDays: number; url: string | null }
  myData: { examples: number; feedback: number; changes: number }
  help: { trained: boolean; commands: { name: string; summary: string }[] }
  backbones: { backbones: object[]; toAdd: string[] }
  backboneAdded: { backbone: string; file: string }
  compared: { compared: BackboneBenchmark[] }
  backboneChanged: { backbone: string; from: string; views: number }
  encrypted: { changed: number }
  exported: { dir: string; examples: number; classifier: object | null }
  checked: { ok: boolean; checks: { check: string; ok: boolean; found: string; todo?: string }[] }
}

/** What a button, a list or a form is called. */
export type ChoiceKey =
  | 'undo'
  | 'right'
  | 'wrong'
  | 'why'
  | 'whichLabel'
  | 'typeLabel'
  | 'train'
  | 'rollBack'
  | 'older'
  | 'putBack'
  | 'forgetAll'
  | 'keep'
  | 'moveTo'
  | 'moveToOther'
  | 'exclude'
  | 'skip'
  | 'review'
  | 'activate'
  | 'withdraw'
