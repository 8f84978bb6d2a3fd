import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Backbone, EMBEDDED } from '../../models/backbones/registry.ts'
import { RANDOM_VIEWS, type View } from '../../models/views.ts'
import { CACHE } from './fetch.ts'
import type { PictureSet } from './sets.ts'

/** Plain, mirrored, and the random views that training uses. */
const VIEWS: View[] = ['plain', 'mirrored', ...RANDOM_VIEWS]
/** The first of them, which every picture has. */
const PLAIN_VIEWS = 2
const HASH_BYTES = 8

/** Class, features of each view in the order of VIEWS, and perceptual hash of a picture. */
export type EmbeddedPicture = { y: number; views: Float32Array[]; hash: bigint }

/**
 * Features of every view of the pictures of a set. They take minutes, so they are cached in a file.
 * @param step every so many pictures have random views; the others are plain and mirrored only
 */
export async function embedSet(set: PictureSet, backbone: Backbone = EMBEDDED, step = 1): Promise<EmbeddedPicture[]> {
  mkdirSync(CACHE, { recursive: true })
  const name = `${set.name.replace(' ', '-')}-${set.part}${step === 1 ? '' : `-${step}`}`
  const file = join(CACHE, `${name}-${cacheKey(set, backbone)}.features`)
  if (!existsSync(file)) writeFileSync(file, await computeFeatures(set, backbone, step))
  return readFeatures(file, set, step)
}

const viewsOf = (picture: number, step: number): View[] => (picture % step === 0 ? VIEWS : VIEWS.slice(0, PLAIN_VIEWS))

/** Changes with the backbone, the files of the set, and the code that makes views. */
function cacheKey(set: PictureSet, backbone: Backbone): string {
  const code = ['views.ts', 'decode.ts'].map((f) => readFileSync(new URL(`../../src/images/${f}`, import.meta.url)))
  const hash = createHash('sha256').update(backbone.id).update(JSON.stringify(set.classes)).update(Buffer.concat(code))
  return hash.digest('hex').slice(0, 12)
}

async function computeFeatures(set: PictureSet, backbone: Backbone, step: number): Promise<Buffer> {
  // Not before the sets are drawn: the decoder closes the loader of SVG for the whole process.
  const { InferencePool } = await import('../../src/workers/inference/pool.ts')
  const pool = new InferencePool(backbone)
  const embed = async (file: string, i: number) => {
    const { perceptualHash, copy } = await pool.ingest(new Uint8Array(readFileSync(file)))
    return { hash: perceptualHash, views: await pool.embed(new Uint8Array(copy), viewsOf(i, step)) }
  }
  const pictures = await Promise.all(set.classes.flat().map(embed))
  await pool.close()
  const hashes = Buffer.from(BigUint64Array.from(pictures, (p) => p.hash).buffer)
  const rows = pictures.flatMap((p) => p.views.map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength)))
  return Buffer.concat([hashes, ...rows])
}

function readFeatures(file: string, set: PictureSet, step: number): EmbeddedPicture[] {
  const classes = set.classes.flatMap((files, y) => files.map(() => y))
  const bytes = new Uint8Array(readFileSync(file)).buffer
  const hashes = new BigUint64Array(bytes, 0, classes.length)
  const values = new Float32Array(bytes, classes.length * HASH_BYTES)
  const d = values.length / classes.reduce((sum, _, i) => sum + viewsOf(i, step).length, 0)
  let at = 0
  return classes.map((y, i) => {
    const views = viewsOf(i, step).map(() => values.slice(at * d, ++at * d))
    return { y, hash: hashes[i]!, views }
  })
}
