import type { Store } from './database.ts'
import { sealerOf } from './sealing.ts'

type FiledFeatures = { label: string; features: Float32Array; mirrored: Float32Array; hash: bigint; picture: number }

const fromBlob = (b: Buffer): Float32Array => new Float32Array(new Uint8Array(b).buffer)
export const toBlob = (v: Float32Array): Buffer => Buffer.from(v.buffer, v.byteOffset, v.byteLength)

/** What features are kept under: the backbone, and how the picture was turned. */
export const viewKey = (backbone: string, view: 'plain' | 'mirrored'): string =>
  view === 'plain' ? backbone : `${backbone} ${view}`

/** Every example's features under one backbone, in the order of filing; only those whose views are complete. */
export async function readFeatures(store: Store, dataset: number, backbone: string): Promise<FiledFeatures[]> {
  const rows = await store
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .innerJoin('features', 'features.picture', 'examples.picture')
    .innerJoin('features as other', 'other.picture', 'examples.picture')
    .select(['labels.name', 'features.vector', 'other.vector as mirrored', 'pictures.perceptual_hash', 'pictures.id'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('features.backbone', '=', viewKey(backbone, 'plain'))
    .where('other.backbone', '=', viewKey(backbone, 'mirrored'))
    .orderBy('examples.id')
    .execute()
  return rows.map(({ name, vector, mirrored, perceptual_hash, id }) => ({
    label: name,
    features: fromBlob(vector),
    mirrored: fromBlob(mirrored),
    hash: BigInt(`0x${perceptual_hash}`),
    picture: id,
  }))
}

/** Pictures that have no features under this key yet. */
export async function picturesWithout(store: Store, dataset: number, key: string): Promise<number[]> {
  const having = store.selectFrom('features').select('picture').where('backbone', '=', key)
  const rows = await store
    .selectFrom('pictures')
    .select('id')
    .where('dataset', '=', dataset)
    .where('id', 'not in', having)
    .orderBy('id')
    .execute()
  return rows.map((r) => r.id)
}

/** The stored copy; undefined where the picture was forgotten meanwhile. */
export async function readCopy(store: Store, picture: number): Promise<Uint8Array | undefined> {
  const row = await store.selectFrom('pictures').select('copy').where('id', '=', picture).executeTakeFirst()
  return row && new Uint8Array(sealerOf(store).open(row.copy))
}

export async function addFeatures(store: Store, picture: number, key: string, v: Float32Array): Promise<void> {
  await store
    .insertInto('features')
    .columns(['picture', 'backbone', 'vector'])
    .expression((e) =>
      e
        .selectFrom('pictures')
        .select(['id', e.val(key).as('backbone'), e.val(toBlob(v)).as('vector')])
        .where('id', '=', picture),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}
