import { setImmediate } from 'node:timers/promises'
import type { Store } from './database.ts'
import { sealerOf } from './sealing.ts'

export type FiledFeatures = {
  example: number
  label: string
  file: string
  plain: Float32Array
  mirrored: Float32Array
  hash: bigint
  picture: number
}

const fromBlob = (b: Buffer): Float32Array => new Float32Array(new Uint8Array(b).buffer)
export const toBlob = (v: Float32Array): Buffer => Buffer.from(v.buffer, v.byteOffset, v.byteLength)

/** What is kept of a picture: features of one view; or of all random views, one after the other. */
export type Kept = 'plain' | 'mirrored' | 'views'

/** What features are kept under. */
export const viewKey = (backbone: string, kept: Kept): string => (kept === 'plain' ? backbone : `${backbone} ${kept}`)

/** Examples read at once: a page takes milliseconds, and others get their turn between two. */
const PAGE = 500

/** Every example's features under one backbone, in the order of filing, a page at a time; only those whose views are complete. */
export async function* featurePages(store: Store, dataset: number, backbone: string): AsyncGenerator<FiledFeatures[]> {
  for (let last = 0; ; ) {
    const rows = await readPage(store, dataset, backbone, last)
    yield rows.map(({ id, name, file, vector, mirrored, perceptual_hash, picture }) => ({
      ...{ example: id, label: name, file, picture, hash: BigInt(`0x${perceptual_hash}`) },
      ...{ plain: fromBlob(vector), mirrored: fromBlob(mirrored) },
    }))
    if (rows.length < PAGE) return
    last = rows.at(-1)!.id
    await setImmediate()
  }
}

const readPage = (store: Store, dataset: number, backbone: string, after: number) =>
  store
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .innerJoin('features', 'features.picture', 'examples.picture')
    .innerJoin('features as other', 'other.picture', 'examples.picture')
    .select(['examples.id', 'examples.file', 'labels.name', 'features.vector', 'other.vector as mirrored'])
    .select(['pictures.perceptual_hash', 'pictures.id as picture'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('features.backbone', '=', viewKey(backbone, 'plain'))
    .where('other.backbone', '=', viewKey(backbone, 'mirrored'))
    .where('examples.id', '>', after)
    .orderBy('examples.id')
    .limit(PAGE)
    .execute()

/** Features of the random views of each picture, by picture, of those that have them. */
export async function readViews(store: Store, dataset: number, backbone: string, most: number) {
  const rows = await store
    .selectFrom('features')
    .innerJoin('pictures', 'pictures.id', 'features.picture')
    .select(['picture', 'vector'])
    .where('pictures.dataset', '=', dataset)
    .where('features.backbone', '=', viewKey(backbone, 'views'))
    .orderBy('picture')
    .limit(most)
    .execute()
  return new Map(rows.map(({ picture, vector }) => [picture, fromBlob(vector)]))
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

export async function countFeatures(store: Store, dataset: number, key: string): Promise<number> {
  const { count } = await store
    .selectFrom('features')
    .innerJoin('pictures', 'pictures.id', 'features.picture')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('pictures.dataset', '=', dataset)
    .where('features.backbone', '=', key)
    .executeTakeFirstOrThrow()
  return Number(count)
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
