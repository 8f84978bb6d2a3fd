// Trainings on several machines, and what one process does for all; schema.ts has the rules.

/** What one process does for all of them (leadership.ts). */
export type LeaseTable = {
  name: string
  /** Random, of a process; empty: whoever came first. */
  holder: string
  /** By the database's clock. */
  until: number
}

/** The training of a dataset that runs. Used on PostgreSQL. */
export type TrainingTable = {
  dataset: number
  /** Of the job, and how often it was begun before: together they name one attempt. */
  job: string
  attempt: number
  /** Up to which change it has read the examples (example-changes.ts). Null: it has read none yet. */
  mark: number | null
}

/** Datasets with changes that no version has learned. Used on PostgreSQL, where a trigger on `audit` keeps it. */
export type DueTable = {
  dataset: number
  /** When it, or its server's settings, was changed last. */
  changed_at: number
  /** When somebody looked last whether it is to be trained. Null: not since it was changed. */
  looked_at: number | null
  /** When it is to be trained, whatever changes. Null: not before another change. */
  at: number | null
  /** Until when one process looks. Null: none does. */
  held_until: number | null
}

/** Features of pictures that were asked about last. Used on PostgreSQL, where a crash of the server empties it. */
export type RecentFeaturesTable = {
  /** Of the answer. */
  id: string
  /** Encrypted where there are keys. */
  bytes: Buffer
  at: number
}
