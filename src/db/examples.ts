import type { Transaction } from 'kysely'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import { toBlob } from './features.ts'
import { deleteUnused, upsertLabel } from './labels.ts'
import { type NewPicture, upsertPicture } from './pictures.ts'
import type { Schema } from './schema.ts'

/** `features`: what `backbone`, an id, gives for the picture. `file`: what it was called. */
type NewExample = {
  label: Label
  file: string
  by: string
  picture: NewPicture
  backbone: string
  features: Float32Array
}

type FileUnderLabel = { label: Label; fileHash: Buffer; by: string }

/**
 * Whether the label has this very file. One that is excluded or withdrawn counts only for whoever added it: running an
 * import again does not bring it back, somebody else's addition does.
 */
export async function hasExample(
  db: Database,
  dataset: number,
  { label, fileHash, by }: FileUnderLabel,
): Promise<boolean> {
  const found = await db
    .selectFrom('pictures')
    .innerJoin('examples', 'examples.picture', 'pictures.id')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select('examples.id')
    .where('pictures.dataset', '=', dataset)
    .where('pictures.file_hash', '=', fileHash)
    .where('labels.key', '=', label.key)
    .where((e) => e.or([e('examples.state', '=', 'kept'), e('filed_by', '=', by)]))
    .executeTakeFirst()
  return found !== undefined
}

/**
 * Adds picture, features and example, all or nothing.
 * @returns the example's id; undefined where the label has a picture of the same pixels already
 */
export function addExample(db: Database, dataset: number, example: NewExample): Promise<number | undefined> {
  const copy = encryptionOf(db).encrypt(example.picture.copy)
  return db.transaction().execute(async (t) => {
    const picture = await upsertPicture(t, dataset, { ...example.picture, copy })
    const { label, file, by } = example
    await t
      .insertInto('features')
      .values({ picture, backbone: example.backbone, vector: toBlob(example.features) })
      .onConflict((c) => c.doNothing())
      .execute()
    const id = await insertExample(t, { picture, label: await upsertLabel(t, dataset, label), file, filed_by: by })
    if (id !== undefined)
      await recordChange(t, { dataset, by, action: 'filed', detail: { label: label.name, example: id, file } })
    return id
  })
}

type ExampleRow = { picture: number; label: number; file: string; filed_by: string }

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
        .where('examples.state', '!=', 'kept')
        .where('examples.filed_by', '!=', row.filed_by),
    )
    .returning('id')
    .executeTakeFirst()
  return added?.id
}

type PictureUnderLabel = { label: Label; picture: number; by: string }

/** Removes a picture from a label, and what nothing refers to any more. @returns false where it was not there */
export function removeExample(
  db: Database,
  dataset: number,
  { label, picture, by }: PictureUnderLabel,
): Promise<boolean> {
  return db.transaction().execute(async (t) => {
    const ids = t.selectFrom('labels').select('id').where('dataset', '=', dataset).where('key', '=', label.key)
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('label', 'in', ids)
      .where('picture', '=', picture)
      .executeTakeFirst()
    await deleteUnused(t, dataset)
    if (numDeletedRows > 0n)
      await recordChange(t, { dataset, by, action: 'unfiled', detail: { label: label.name, picture } })
    return numDeletedRows > 0n
  })
}

type OwnExamples = { examples: number[]; by: string }

/** Removes examples, by id, that a person added. @returns how many of them there still were */
export function removeOwnExamples(db: Database, dataset: number, { examples, by }: OwnExamples): Promise<number> {
  return db.transaction().execute(async (t) => {
    const labels = t.selectFrom('labels').select('id').where('dataset', '=', dataset)
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('id', 'in', examples)
      .where('filed_by', '=', by)
      .where('label', 'in', labels)
      .executeTakeFirst()
    await deleteUnused(t, dataset)
    await recordChange(t, { dataset, by, action: 'unfiled', detail: { examples } })
    return Number(numDeletedRows)
  })
}

type OwnPicture = { picture: number; by: string }

/** Removes a picture from every label that a person added it to. @returns how many there were */
export function removeOwnPicture(db: Database, dataset: number, { picture, by }: OwnPicture): Promise<number> {
  return db.transaction().execute(async (t) => {
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('picture', '=', picture)
      .where('filed_by', '=', by)
      .executeTakeFirst()
    await deleteUnused(t, dataset)
    await recordChange(t, { dataset, by, action: 'forgotten', detail: { examples: Number(numDeletedRows) } })
    return Number(numDeletedRows)
  })
}
