import type { Transaction } from 'kysely'
import type { Label } from '../label.ts'
import type { PictureHashes } from './blocked-pictures.ts'
import { type NewPicture, type PlacedPicture, upsertPicture } from './pictures.ts'
import type { LivingState, Schema } from './schema.ts'
import { encodeVector } from './vectors.ts'

/**
 * `features`: what `backbone`, an id, gives for the picture. `file`: what it was called. `poster`: who posted it, where
 * somebody else adds it with their consent.
 */
export type NewExample = {
  label: Label
  file: string
  by: string
  poster?: string | undefined
  /** Added where only adults may look: it is shown nowhere else. */
  ageRestricted?: boolean | undefined
  picture: NewPicture
  backbone: string
  features: Float32Array
  restored?: Restored | undefined
}

/**
 * Of an example that an export brings back. `seen`: what the hashes of its pixels are here. `importer`: who brings it back,
 * where `by` is who once added it.
 */
type Restored = { at: string; state: LivingState; vouched: boolean; seen: PictureHashes; importer: string }

/** Adds picture, features and example. @returns as `addExample` */
export async function insertWithPicture(
  t: Transaction<Schema>,
  dataset: number,
  {
    label,
    file,
    by,
    poster,
    ageRestricted,
    picture,
    backbone,
    features,
    restored,
  }: Omit<NewExample, 'label' | 'picture'> & { label: number; picture: PlacedPicture },
): Promise<number | undefined> {
  const id = await upsertPicture(t, dataset, picture)
  await t
    .insertInto('features')
    .values({ picture: id, backbone, ...encodeVector(features) })
    .onConflict((c) => c.doNothing())
    .execute()
  const age_restricted = ageRestricted ? 1 : 0
  const row = { picture: id, label, file, filed_by: by, posted_by: poster ?? null, age_restricted }
  return restored ? restoreExample(t, row, restored) : insertExample(t, row)
}

type ExampleRow = {
  picture: number
  label: number
  file: string
  filed_by: string
  posted_by: string | null
  age_restricted: number
}

/** @returns the example's id; undefined where it is there, with the exceptions of `hasExample` */
async function insertExample(t: Transaction<Schema>, row: ExampleRow): Promise<number | undefined> {
  const values = { ...row, filed_at: new Date().toISOString(), state: 'kept' as const, vouched: 0 }
  const added = await t
    .insertInto('examples')
    .values(values)
    .onConflict((c) =>
      c
        .columns(['picture', 'label'])
        .doUpdateSet(values)
        .where('examples.state', '=', 'withdrawn')
        .where('examples.filed_by', '!=', row.filed_by),
    )
    .returning('id')
    .executeTakeFirst()
  return added?.id
}

/** What is there already stays as it is. @returns the example's id; undefined where it is there */
async function restoreExample(
  t: Transaction<Schema>,
  row: ExampleRow,
  { at, state, vouched }: Restored,
): Promise<number | undefined> {
  const added = await t
    .insertInto('examples')
    .values({ ...row, filed_at: at, state, vouched: Number(vouched) })
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst()
  return added?.id
}
