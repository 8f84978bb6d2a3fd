// Apart from the migrations: most starts find nothing to do, and need no more than this.

/** In the order in which they run, as databases keep them. */
export const MIGRATION_NAMES = [
  '001_first',
  '002_backbones',
  '003_servers',
  '004_priors',
  '005_review',
  '006_ids',
  '007_label_ids',
  '008_forgetting',
  '010_fast_reads',
  '011_visible_names',
  '012_answers',
  '013_undo',
  '014_compatible_names',
  '015_operators',
  '016_revisions',
  '017_gallery',
  '018_web_sessions',
  '019_version_origins',
  '020_formats',
  '021_objects',
  '022_calls',
  '023_shards',
  '024_processes',
  '025_trainings',
] as const

export type MigrationName = (typeof MIGRATION_NAMES)[number]
