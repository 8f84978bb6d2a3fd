import type { Generated } from './kysely.ts'

// What the store holds of Discord servers as such, and whom and what the operator keeps out; schema.ts has the rules.

/** Discord servers that the bot is, or was, in. */
export type ServerTable = {
  id: string
  /** JSON: Settings. */
  settings: string
  joined_at: string
  /** Starts the grace period after which everything of the server is deleted; null: the bot is in it. */
  left_at: string | null
  /** What the operator lets it have; null: as much as any other. */
  max_pictures: Generated<number | null>
  max_labels: Generated<number | null>
  /** When somebody used the bot there last, to the hour; null: never since the column came. */
  used_at: Generated<string | null>
}

/** Whom the operator can keep out. */
export type BlockKind = 'person' | 'server'

/** People and servers that are kept out. */
export type BlockTable = {
  kind: BlockKind
  /** Discord's. */
  id: string
  at: string
  by: string
}

/** Pictures that nobody can add anymore. */
export type BlockedPictureTable = {
  id: Generated<number>
  /** As of `pictures`, whose rows are gone. */
  pixel_hash: Buffer
  perceptual_hash: string
  at: string
  by: string
}
