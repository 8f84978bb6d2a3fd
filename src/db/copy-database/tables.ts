import type { Schema } from '../schema.ts'

/** Columns that order the rows of a table and tell them apart; `transient`: rows that mean nothing in another database. */
type Plan = readonly string[] | 'transient' | 'counter'

// In the order of what refers to what. Every table of the schema has its place here, or is left out on purpose.
const PLANS: Record<keyof Schema, Plan> = {
  datasets: ['id'],
  backbones: ['id'],
  backbone_files: ['backbone', 'file', 'part'],
  labels: ['id'],
  pictures: ['id'],
  features: ['picture', 'backbone'],
  examples: ['id'],
  versions: ['id'],
  label_merges: ['label'],
  merged_examples: ['label', 'example'],
  surveys: ['dataset'],
  suspicions: ['example'],
  reviews: ['id'],
  claims: ['example'],
  servers: ['id'],
  blocks: ['kind', 'id'],
  blocked_pictures: ['id'],
  audit: ['id'],
  feedback: ['id'],
  expiring: ['key'],
  messages: ['id'],
  ignored: ['server', 'person'],
  forgettings: ['id'],
  news: ['id'],
  data_keys: ['id'],
  unreferenced_objects: ['key'],
  web_sessions: ['id'],
  thumbnails: ['picture'],
  // numbers.ts
  revision_counter: 'counter',
  // Of processes, which do not move: what they hold, wait for and answer.
  processes: 'transient',
  calls: 'transient',
  leases: 'transient',
  trainings: 'transient',
  // Made anew (copy-rows.ts).
  due: 'transient',
  recent_features: 'transient',
  shard_cluster: 'transient',
  gateways: 'transient',
  shard_sessions: 'transient',
  session_starts: 'transient',
  identify_slots: 'transient',
  request_limit: 'transient',
}

export type Table = { name: string; key: readonly string[] }

/** Those whose rows are copied. */
export const COPIED: readonly Table[] = Object.entries(PLANS).flatMap(([name, plan]) =>
  typeof plan === 'string' ? [] : [{ name, key: plan }],
)

/** Those that are left as they are in the one and empty in the other. */
export const TRANSIENT: readonly string[] = Object.keys(PLANS).filter((name) => is(name, 'transient'))

function is(name: string, plan: Plan): boolean {
  return Object.entries(PLANS).some(([table, its]) => table === name && its === plan)
}

/** Columns that one engine alone has: they name transactions of its server. */
export const OWN_COLUMNS: readonly string[] = ['written_by', 'revised_by']

/** Rows of `expiring` that say something about the one database: who serves it, and where it has moved to (moves/mark.ts). */
export const OWN_KEYS: readonly string[] = ['serving', 'moved']
