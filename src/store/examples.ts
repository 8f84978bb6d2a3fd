import type { Transaction } from 'kysely'
import type { Store } from './database.ts'
import type { Schema } from './schema.ts'

type NewExample = {
  fileHash: Buffer
  pixelHash: Buffer
  perceptualHash: bigint
  copy: Buffer
  features: Float32Array
  file: string
  by: string
}

/** The dataset's id, made where it is new. */
export async function datasetId(store: Store, name: string): Promise<number> {
  await store
    .insertInto('datasets')
    .values({ name, version: null })
    .onConflict((c) => c.doNothing())
    .execute()
  const { id } = await store.selectFrom('datasets').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return id
}

/** Whether this very file is filed under the label already. */
export async function isFiled(store: Store, dataset: number, key: string, fileHash: Buffer): Promise<boolean> {
  const found = await store
    .selectFrom('pictures')
    .innerJoin('examples', 'examples.picture', 'pictures.id')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select('examples.id')
    .where('pictures.dataset', '=', dataset)
    .where('pictures.file_hash', '=', fileHash)
    .where('labels.key', '=', key)
    .executeTakeFirst()
  return found !== undefined
}

/** Writes picture, features and example, all or nothing. False: the label has these pixels already. */
export function addExample(
  store: Store,
  dataset: number,
  label: { name: string; key: string },
  backbone: string,
  example: NewExample,
): Promise<boolean> {
  return store.transaction().execute(async (t) => {
    const labelId = await upsertLabel(t, dataset, label)
    const picture = await upsertPicture(t, dataset, example)
    const vector = Buffer.from(example.features.buffer, example.features.byteOffset, example.features.byteLength)
    await t
      .insertInto('features')
      .values({ picture, backbone, vector })
      .onConflict((c) => c.doNothing())
      .execute()
    const { file, by } = example
    const added = await t
      .insertInto('examples')
      .values({ picture, label: labelId, file, filed_at: new Date().toISOString(), filed_by: by })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
  })
}

async function upsertLabel(t: Transaction<Schema>, dataset: number, label: { name: string; key: string }) {
  await t
    .insertInto('labels')
    .values({ dataset, ...label })
    .onConflict((c) => c.doNothing())
    .execute()
  const query = t.selectFrom('labels').select('id').where('dataset', '=', dataset).where('key', '=', label.key)
  return (await query.executeTakeFirstOrThrow()).id
}

async function upsertPicture(t: Transaction<Schema>, dataset: number, example: NewExample): Promise<number> {
  const { pixelHash, fileHash, perceptualHash, copy } = example
  const perceptual_hash = perceptualHash.toString(16)
  await t
    .insertInto('pictures')
    .values({ dataset, pixel_hash: pixelHash, file_hash: fileHash, perceptual_hash, copy })
    .onConflict((c) => c.doNothing())
    .execute()
  const query = t.selectFrom('pictures').select('id').where('dataset', '=', dataset).where('pixel_hash', '=', pixelHash)
  return (await query.executeTakeFirstOrThrow()).id
}

export function countLabels(store: Store, dataset: number): Promise<{ label: string; examples: number }[]> {
  return store
    .selectFrom('labels')
    .innerJoin('examples', 'examples.label', 'labels.id')
    .select(['labels.name as label', (e) => e.fn.count<number>('examples.id').as('examples')])
    .where('labels.dataset', '=', dataset)
    .groupBy('labels.id')
    .orderBy('labels.name')
    .execute()
}

type FiledFeatures = { label: string; features: Float32Array; hash: bigint }

/** Every example's features under one backbone, in the order of filing. */
export async function readFeatures(store: Store, dataset: number, backbone: string): Promise<FiledFeatures[]> {
  const rows = await store
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .innerJoin('features', 'features.picture', 'examples.picture')
    .select(['labels.name', 'features.vector', 'pictures.perceptual_hash'])
    .where('labels.dataset', '=', dataset)
    .where('features.backbone', '=', backbone)
    .orderBy('examples.id')
    .execute()
  return rows.map(({ name, vector, perceptual_hash }) => ({
    label: name,
    features: new Float32Array(new Uint8Array(vector).buffer),
    hash: BigInt(`0x${perceptual_hash}`),
  }))
}

/** Takes the picture of this file out of the label, and forgets what nothing refers to any more. False: not there. */
export function removeExample(store: Store, dataset: number, key: string, fileHash: Buffer): Promise<boolean> {
  return store.transaction().execute(async (t) => {
    const label = t.selectFrom('labels').select('id').where('dataset', '=', dataset).where('key', '=', key)
    const picture = t
      .selectFrom('pictures')
      .select('id')
      .where('dataset', '=', dataset)
      .where('file_hash', '=', fileHash)
    const { numDeletedRows } = await t
      .deleteFrom('examples')
      .where('label', 'in', label)
      .where('picture', 'in', picture)
      .executeTakeFirst()
    await t
      .deleteFrom('pictures')
      .where('dataset', '=', dataset)
      .where('id', 'not in', t.selectFrom('examples').select('picture'))
      .execute()
    await t
      .deleteFrom('labels')
      .where('dataset', '=', dataset)
      .where('id', 'not in', t.selectFrom('examples').select('label'))
      .execute()
    return numDeletedRows > 0n
  })
}
