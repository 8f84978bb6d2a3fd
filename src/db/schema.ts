import type { Generated } from 'kysely'
import type { CallTable } from './schema-calls.ts'
import type { RevisionCounterTable, ThumbnailTable } from './schema-gallery.ts'
import type {
  FeedbackTable,
  ForgettingTable,
  IgnoredTable,
  MessageTable,
  NewsTable,
  WebSessionTable,
} from './schema-people.ts'
import type { ProcessTable } from './schema-processes.ts'
import type { BlockedPictureTable, BlockTable, ServerTable } from './schema-servers.ts'
import type { ShardTables } from './schema-shards.ts'
import type { SurveyTable, SuspicionTable } from './schema-surveys.ts'
import type { DueTable, LeaseTable, RecentFeaturesTable, TrainingTable } from './schema-trainings.ts'
import type { Bits } from './vectors.ts'

// What the store holds, a type a table. What a column is called, and the words and JSON in it, are in people's hands:
// they change by a migration only. Ids are never given twice. Moments are ISO 8601 in UTC where they are text, milliseconds since 1970 where numbers.

/** What an example is to training: learned from; excluded by a reviewer; withdrawn with all that its teacher added. */
export type LivingState = 'kept' | 'excluded' | 'withdrawn'
/** `deleted`: its label was deleted, or merged where the other one has the picture, and can still be brought back. */
type ExampleState = LivingState | 'deleted'

/** What a reviewer can decide about an example. */
export type Decision = 'keep' | 'exclude' | 'move' | 'restore'

/** What the audit log calls a change. */
export type Action =
  | 'filed'
  | 'unfiled'
  | 'moved'
  | 'excluded'
  | 'restored'
  | 'reviewed'
  | 'review undone'
  | 'forgotten'
  | 'label renamed'
  | 'labels merged'
  | 'label deleted'
  | 'label restored'
  | 'label purged'
  | 'cleaned up'
  | 'dataset renamed'
  | 'dataset copied'
  | 'dataset emptied'
  | 'dataset deleted'
  | 'trained'
  | 'promoted'
  | 'backbone changed'
  | 'settings changed'
  | 'feedback'
  | 'person blocked'
  | 'person unblocked'
  | 'server blocked'
  | 'server unblocked'
  | 'server left'
  | 'limits changed'
  | 'pictures blocked'
  | 'pictures allowed'

/** Labels and examples that share a classifier. */
type DatasetTable = {
  id: Generated<number>
  /** Discord's id; empty for the terminal's own. */
  server: string
  /** Unique in its server. */
  name: string
  /** Number of the active version; null: none was trained. */
  version: number | null
  /** The highest number that a version had, whether it is still there or not. */
  last_version: Generated<number>
  /** When something was forgotten last: versions that read their examples before may have learned from it. Null: never. */
  forgotten_at: Generated<string | null>
  /** What pictures that are added from now on are embedded with. */
  backbone: string
  /** Raised by every change, from one counter for all datasets (migration-revisions.ts). */
  revision: Generated<number>
}

/** Backbones that the operator added, beside those of the registry. */
type BackboneTable = {
  /** Carries the file's hash. */
  id: string
  /** Path of the network, from the home folder; absolute where it was added before the database kept it. */
  file: string
  /** JSON: InputDescription. */
  input: string
  /** Name of the network's output; null: its only one. */
  output: string | null
  /** Path of its prior; null: it has none. */
  prior: string | null
  /** JSON: StoredFiles. Null: they are not, or not all, in `backbone_files`. */
  files: string | null
}

/** The files of added backbones in parts, so that a backup has them. */
type BackboneFileTable = {
  backbone: string
  /** Place in the list of `files`, from 0. */
  file: number
  /** From 0. */
  part: number
  bytes: Buffer
}

/** Labels that have, or had, an example. */
type LabelTable = {
  id: Generated<number>
  dataset: number
  /** As people write it. */
  name: string
  /** What it is compared by, unique in its dataset; of a deleted one, what nobody can type. */
  key: string
  /** When it was deleted, or merged into another one. Null: it is there. */
  deleted_at: Generated<string | null>
  /** JSON: Deletion (deleted-labels.ts). Null: it is there. */
  deletion: Generated<string | null>
}

/** One row for pictures of the same pixels, whatever labels they are under. */
type PictureTable = {
  id: Generated<number>
  dataset: number
  /** SHA-256 of the copy's decoded pixels, unique in its dataset. */
  pixel_hash: Buffer
  /** SHA-256 of the file as it came, so that a second import skips decoding. */
  file_hash: Buffer
  /** 64 bits in hexadecimal. */
  perceptual_hash: string
  /** JPEG of at most 512 pixels a side, encrypted where there is a key; of one in a bucket, what comes before its ciphertext. */
  copy: Buffer
  /** The key of the object that has the ciphertext (objects/), and its size in bytes. Null: all of it is in `copy`. */
  object: Generated<string | null>
  object_bytes: Generated<number | null>
  /** Of the copy, in pixels. Null: added before it was kept. */
  width: number | null
  height: number | null
  /** Standard deviation of the copy's grey, 0 to 128. Null: added before it was kept. */
  contrast: number | null
}

/** Embeddings of a picture, one row a backbone and set of views. */
type FeatureTable = {
  picture: number
  /** The backbone's id; and, after a space, `mirrored` or `views`. */
  backbone: string
  /** Floats, little-endian; those of `views` one view after the other. */
  vector: Buffer
  /** Of each float. */
  bits: Generated<Bits>
}

/** A picture under a label, once. */
type ExampleTable = {
  id: Generated<number>
  picture: number
  label: number
  /** What the file was called; never a path to open. */
  file: string
  filed_at: string
  /** Who added it: Discord's id of a person, or the terminal's user. */
  filed_by: string
  /** Who posted it, where somebody else added it with their consent. */
  posted_by: Generated<string | null>
  state: Generated<ExampleState>
  /** 1 where a reviewer said that it is right. */
  vouched: Generated<number>
  /** 1 where it was added in an age-restricted channel: it is shown in no other. */
  age_restricted: Generated<number>
  /** What it will be when its label is brought back. Null: it is not deleted. */
  state_before: Generated<LivingState | null>
}

/** Trained classifiers; never changed. */
type VersionTable = {
  id: Generated<number>
  dataset: number
  /** From 1 in each dataset. */
  number: number
  made_at: string
  backbone: string
  /** JSON: VersionSummary. */
  measurement: string
  /** JSON of a SavedClassifier, compressed (packed-classifier.ts). */
  classifier: Buffer
  /** JSON: ids of the labels by class, null where one was gone when the column came. Null: not known. */
  label_ids: string | null
}

/** Labels that were merged into others; versions that know them answer with those. */
type LabelMergeTable = {
  /** Not a foreign key: the label is gone. */
  label: number
  target: number
}

/** What each example of two labels was before they were merged, and after; while it is so, merging can be undone. */
type MergedExampleTable = {
  /** The one that was merged into the other. */
  label: number
  example: number
  /** Ids of labels. */
  before_label: number
  before_state: LivingState
  before_vouched: number
  after_label: number
  after_state: ExampleState
  after_vouched: number
}

/** What reviewers decided. */
type ReviewTable = {
  id: Generated<number>
  dataset: number
  example: number
  by: string
  decision: Decision
  /** Where `move` moves it; null for other decisions. */
  label: string | null
  at: string
  /** `waiting`: for another reviewer to say the same. */
  /** `superseded`: carried out, and somebody decided something newer. */
  state: 'waiting' | 'done' | 'undone' | 'superseded'
  /** JSON: what the example was; null while it waits. */
  before: string | null
  /** The same for decisions that were made, and are undone, together; null: it was made alone. */
  batch: Generated<string | null>
}

/** Who looks at an example until when, so that no other reviewer does. */
type ClaimTable = { example: number; by: string; until: number }

/** Who changed what, written in the transaction that changes it. */
type AuditTable = {
  id: Generated<number>
  at: string
  /** Empty for the terminal. */
  server: string
  /** Null: no dataset was changed, or it was deleted. */
  dataset: number | null
  by: string
  action: Action
  /** JSON: never a picture. */
  detail: string
}

/** Keyv's values. `expires_at` null: it stays. */
type ExpiringTable = { key: string; value: string; expires_at: number | null }

/** Ids of the keys that stored pictures are encrypted with. Triggers add to it; reencrypt.ts takes away. */
type DataKeyTable = { id: string }

/** Objects of the bucket that no row refers to, to be deleted once they are due: `at`, 0: now. Triggers add to it. */
type UnreferencedObjectTable = { key: string; at: number }

export type Schema = ShardTables & {
  datasets: DatasetTable
  backbones: BackboneTable
  backbone_files: BackboneFileTable
  labels: LabelTable
  pictures: PictureTable
  features: FeatureTable
  examples: ExampleTable
  versions: VersionTable
  label_merges: LabelMergeTable
  merged_examples: MergedExampleTable
  surveys: SurveyTable
  suspicions: SuspicionTable
  reviews: ReviewTable
  claims: ClaimTable
  servers: ServerTable
  blocks: BlockTable
  blocked_pictures: BlockedPictureTable
  audit: AuditTable
  feedback: FeedbackTable
  expiring: ExpiringTable
  messages: MessageTable
  ignored: IgnoredTable
  forgettings: ForgettingTable
  news: NewsTable
  data_keys: DataKeyTable
  unreferenced_objects: UnreferencedObjectTable
  web_sessions: WebSessionTable
  revision_counter: RevisionCounterTable
  thumbnails: ThumbnailTable
  processes: ProcessTable
  calls: CallTable
  leases: LeaseTable
  trainings: TrainingTable
  due: DueTable
  recent_features: RecentFeaturesTable
}
