import { setImmediate } from 'node:timers/promises'
import { discard } from '../../models/numbers/discard.ts'
import type { Database } from './connection.ts'
import { encryptionOf } from './encryption.ts'

/** An example that is learned from. `hash`: perceptual. */
export type TrainingExample = {
  example: number
  picture: number
  label: string
  file: string
  by: string
  hash: bigint
  vouched: boolean
  /** The copy's longer side in pixels, and the deviation of its grey; null: not known. */
  side: number | null
  contrast: number | null
}
type FiledFeatures = { of: TrainingExample; plain: Float32Array; mirrored: Float32Array }

/** The blob's own memory where that is aligned. */
const fromBlob = (b: Buffer): Float32Array =>
  b.byteOffset % 4 === 0
    ? new Float32Array(b.buffer, b.byteOffset, b.length / 4)
    : new Float32Array(new Uint8Array(b).buffer)
export const toBlob = (v: Float32Array): Buffer => Buffer.from(v.buffer, v.byteOffset, v.byteLength)

/** What is kept of a picture: features of one view; or of all random views, one after the other. */
export type ViewSet = 'plain' | 'mirrored' | 'views'

/** What features are kept under. */
export const viewKey = (backbone: string, kept: ViewSet): string =>
  kept === 'plain' ? backbone : `${backbone} ${kept}`

/** Examples read at once: a page takes milliseconds, and others get their turn between two. */
const PAGE = 500
/** Examples without their features: what the database gives is copied, and need not be there as a whole. */
const LIST = 5000

/** Every example that is learned from, in the order of filing. */
export async function readTrainingExamples(db: Database, dataset: number): Promise<TrainingExample[]> {
  const filed: TrainingExample[] = []
  const texts = new Map<string, string>()
  for (;;) {
    const some = await filedAfter(db, dataset, filed.at(-1)?.example ?? 0)
    filed.push(...some.map((f) => ({ ...f, label: once(texts, f.label), by: once(texts, f.by) })))
    if (some.length < LIST) return filed
  }
}

/** What says the same is in memory once. */
function once(texts: Map<string, string>, text: string): string {
  const before = texts.get(text)
  if (before === undefined) texts.set(text, text)
  return before ?? text
}

async function filedAfter(db: Database, dataset: number, example: number): Promise<TrainingExample[]> {
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .innerJoin('pictures', 'pictures.id', 'examples.picture')
    .select(['examples.id', 'file', 'filed_by', 'vouched', 'labels.name', 'pictures.id as picture'])
    .select(['perceptual_hash', 'width', 'height', 'contrast'])
    .where('labels.dataset', '=', dataset)
    .where('examples.state', '=', 'kept')
    .where('examples.id', '>', example)
    .orderBy('examples.id')
    .limit(LIST)
    .execute()
  return rows.map(({ id, file, filed_by, vouched, name, perceptual_hash, picture, width, height, contrast }) => ({
    ...{ example: id, picture, label: name, file, by: filed_by, hash: BigInt(`0x${perceptual_hash}`) },
    ...{ vouched: vouched === 1, side: width && height && Math.max(width, height), contrast },
  }))
}

/**
 * The features of examples under one backbone, a page at a time; only of those whose views are complete. A page's are freed when the next one
 * is asked for.
 */
export async function* featurePages(
  db: Database,
  backbone: string,
  filed: TrainingExample[],
): AsyncGenerator<FiledFeatures[]> {
  for (let start = 0; start < filed.length; start += PAGE) {
    const page = filed.slice(start, start + PAGE)
    const pictures = page.map((f) => f.picture)
    const plain = await readVectors(db, pictures, viewKey(backbone, 'plain'))
    const mirrored = await readVectors(db, pictures, viewKey(backbone, 'mirrored'))
    yield page.flatMap((f) => {
      const [one, other] = [plain.get(f.picture), mirrored.get(f.picture)]
      return one && other ? [{ of: f, plain: one, mirrored: other }] : []
    })
    discard(...plain.values(), ...mirrored.values())
    await setImmediate()
  }
}

async function readVectors(db: Database, pictures: number[], key: string): Promise<Map<number, Float32Array>> {
  const found = new Map<number, Float32Array>()
  for (let start = 0; start < pictures.length; start += PAGE) {
    const rows = await db
      .selectFrom('features')
      .select(['picture', 'vector'])
      .where('picture', 'in', pictures.slice(start, start + PAGE))
      .where('backbone', '=', key)
      .execute()
    for (const { picture, vector } of rows) found.set(picture, fromBlob(vector))
  }
  return found
}

/** Features of the random views of each picture, by picture, of those that have them. */
export async function readViews(db: Database, dataset: number, backbone: string, most: number) {
  const key = viewKey(backbone, 'views')
  const having = await pictureIds(db, dataset, key, true)
  return readVectors(db, having.slice(0, most), key)
}

/** Pictures that have no features under this key yet. */
export const picturesWithout = (db: Database, dataset: number, key: string): Promise<number[]> =>
  pictureIds(db, dataset, key, false)

export const countFeatures = async (db: Database, dataset: number, key: string): Promise<number> =>
  (await pictureIds(db, dataset, key, true)).length

async function pictureIds(db: Database, dataset: number, key: string, having: boolean): Promise<number[]> {
  const those = db.selectFrom('features').select('picture').where('backbone', '=', key)
  const rows = await db
    .selectFrom('pictures')
    .select('id')
    .where('dataset', '=', dataset)
    .where('id', having ? 'in' : 'not in', those)
    .orderBy('id')
    .execute()
  return rows.map((r) => r.id)
}

/** The stored copy; undefined where the picture was forgotten meanwhile. */
export async function readCopy(db: Database, picture: number): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom('pictures').select('copy').where('id', '=', picture).executeTakeFirst()
  return row && new Uint8Array(encryptionOf(db).open(row.copy))
}

export async function addFeatures(db: Database, picture: number, key: string, v: Float32Array): Promise<void> {
  await db
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
