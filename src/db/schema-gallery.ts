// What the store holds so that much can be looked at, quickly; schema.ts has the rules.

/** One row: the highest revision that a dataset was given (migration-revisions.ts). */
export type RevisionCounterTable = { value: number }

/** Small pictures, made of the copies when they are first looked at: they can be made again, and go with their picture. */
export type ThumbnailTable = {
  picture: number
  /** Of the picture, so that what they take is counted without it. */
  dataset: number
  /** WebP of at most 160 pixels a side, encrypted as copies are. */
  bytes: Buffer
}
