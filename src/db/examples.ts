import type { Transaction } from 'kysely'
import type { Label } from '../label.ts'
import { recordChange } from './audit.ts'
import { changeDataset, type Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'
import { toBlob } from './features.ts'
import { deleteUnused, upsertLabel } from './labels.ts'
import type { Schema } from './schema.ts'

type NewExample = {
  fileHash: Buffer
  pixelHash: Buffer
  perceptualHash: bigint
  copy: Buffer
  width: number
  height: number
  contrast: number
  features: Float32Array
  file: string
  by: string
}

/** Whether this very file is filed under the label already; one that was excluded still is, for whoever filed it. */
export async function hasExample(
  db: Database,
  dataset: number,
  { key }: Label,
  fileHash: Buffer,
  by: string,
): Promise<boolean> {
  const found = await db
    .selectFrom('pictures')
    .innerJoin('examples', 'examples.picture', 'pictures.id')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select('examples.id')
    .where('pictures.dataset', '=', dataset)
    .where('pictures.file_hash', '=', fileHash)
    .where('labels.key', '=', key)
    .where((e) => e.or([e('examples.state', '=', 'kept'), e('filed_by', '=', by)]))
    .executeTakeFirst()
  return found !== undefined
}

/** Writes picture, features and example, all or nothing. @returns its id; undefined: the label has these pixels already */
export function addExample(
  db: Database,
  dataset: number,
  label: Label,
  backbone: string,
  example: NewExample,
): Promise<number | undefined> {
  const copy = encryptionOf(db).seal(example.copy)
  return changeDataset(db, dataset, async (t) => {
    const picture = await upsertPicture(t, dataset, { ...example, copy })
    await t
      .insertInto('features')
      .values({ picture, backbone, vector: toBlob(example.features) })
      .onConflict((c) => c.doNothing())
      .execute()
    const { file, by } = example
    const id = await insertExample(t, { picture, label: await upsertLabel(t, dataset, label), file, filed_by: by })
    if (id !== undefined) await recordChange(t, dataset, by, 'filed', { label: label.name, example: id, file })
    return id
  })
}

async function upsertPicture(t: Transaction<Schema>, dataset: number, example: NewExample): Promise<number> {
  const { pixelHash, fileHash, perceptualHash, copy, width, height, contrast } = example
  const perceptual_hash = perceptualHash.toString(16)
  await t
    .insertInto('pictures')
    .values({ dataset, pixel_hash: pixelHash, file_hash: fileHash, perceptual_hash, copy, width, height, contrast })
    .onConflict((c) => c.doNothing())
    .execute()
  const query = t.selectFrom('pictures').select('id').where('dataset', '=', dataset).where('pixel_hash', '=', pixelHash)
  return (await query.executeTakeFirstOrThrow()).id
}

type ExampleRow = { picture: number; label: number; file: string; filed_by: string }

/** @returns the new example's id; undefined where it is there. One that is out of the learning is filed anew by somebody else, not by running an import again. */
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

type PictureHash = { fileHash: Buffer } | { pixelHash: Buffer }

/** The picture of these bytes, or of these pixels; undefined where it is not filed. */
export async function findPicture(db: Database, dataset: number, hash: PictureHash): Promise<number | undefined> {
  const some = db.selectFrom('pictures').select('id').where('dataset', '=', dataset)
  const found =
    'fileHash' in hash ? some.where('file_hash', '=', hash.fileHash) : some.where('pixel_hash', '=', hash.pixelHash)
  return (await found.executeTakeFirst())?.id
}

/** Takes a picture out of a label, and forgets what nothing refers to any more. False: it was not there. */
export function removeExample(
  db: Database,
  dataset: number,
  { name, key }: Label,
  picture: number,
  by: string,
): Promise<boolean> {
  return changeDataset(db, dataset, async (t) => {
    const label = t.selectFrom('labels').select('id').where('dataset', '=', dataset).where('key', '=', key)
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('label', 'in', label)
      .where('picture', '=', picture)
      .executeTakeFirst()
    await deleteUnused(t, dataset)
    if (numDeletedRows > 0n) await recordChange(t, dataset, by, 'unfiled', { label: name, picture })
    return numDeletedRows > 0n
  })
}

/** Takes back what was filed just now, by the one who filed it. @returns how many there still were */
export function removeOwnExamples(db: Database, dataset: number, ids: number[], by: string): Promise<number> {
  return changeDataset(db, dataset, async (t) => {
    const labels = t.selectFrom('labels').select('id').where('dataset', '=', dataset)
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('id', 'in', ids)
      .where('filed_by', '=', by)
      .where('label', 'in', labels)
      .executeTakeFirst()
    await deleteUnused(t, dataset)
    await recordChange(t, dataset, by, 'unfiled', { examples: ids })
    return Number(numDeletedRows)
  })
}

/** Takes a picture that somebody filed out of every label. @returns how many it was under */
export function removeOwnPicture(db: Database, dataset: number, picture: number, by: string): Promise<number> {
  return changeDataset(db, dataset, async (t) => {
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('picture', '=', picture)
      .where('filed_by', '=', by)
      .executeTakeFirst()
    await deleteUnused(t, dataset)
    await recordChange(t, dataset, by, 'forgotten', { examples: Number(numDeletedRows) })
    return Number(numDeletedRows)
  })
}

type ExportedExample = {
  id: number
  label: string
  file: string
  filedAt: string
  filedBy: string
  copy: Uint8Array
}

/** Every example with its stored copy, a page at a time so that memory stays bounded. */
export async function* readExamples(db: Database, dataset: number): AsyncGenerator<ExportedExample> {
  for (let last = 0; ; ) {
    const rows = await db
      .selectFrom('examples')
      .innerJoin('labels', 'labels.id', 'examples.label')
      .innerJoin('pictures', 'pictures.id', 'examples.picture')
      .select(['examples.id', 'labels.name as label', 'file', 'filed_at', 'filed_by', 'copy'])
      .where('labels.dataset', '=', dataset)
      .where('examples.state', '=', 'kept')
      .where('examples.id', '>', last)
      .orderBy('examples.id')
      .limit(PAGE)
      .execute()
    for (const { id, label, file, filed_at, filed_by, copy } of rows)
      yield { id, label, file, filedAt: filed_at, filedBy: filed_by, copy: encryptionOf(db).open(copy) }
    if (rows.length < PAGE) return
    last = rows.at(-1)!.id
  }
}

const PAGE = 50

/** The stored copies of some examples, by id, in the order of filing; those that are still there. */
export async function readCopies(db: Database, dataset: number, ids: number[]): Promise<Map<number, Uint8Array>> {
  const rows = await db
    .selectFrom('examples')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'copy'])
    .where('pictures.dataset', '=', dataset)
    .where('examples.id', 'in', ids)
    .orderBy('examples.id')
    .execute()
  return new Map(rows.map((r) => [r.id, encryptionOf(db).open(r.copy)]))
}
