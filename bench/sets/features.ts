import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Backbone, EMBEDDED } from '../../models/backbones/registry.ts'
import { LEARNED_VIEWS, type View } from '../../models/views.ts'
import { CACHE } from './fetch.ts'
import type { PictureSet } from './sets.ts'

/** Plain, mirrored, and the views that are learned from. */
const VIEWS: View[] = ['plain', 'mirrored', ...LEARNED_VIEWS]

export type Seen = { y: number; views: Float32Array[]; hash: bigint }

/** Features of every view of every picture of a set; kept beside, since it takes minutes. */
export async function seeSet(set: PictureSet, backbone: Backbone = EMBEDDED): Promise<Seen[]> {
  const code = ['views.ts', 'decode.ts'].map((f) => readFileSync(new URL(`../../src/images/${f}`, import.meta.url)))
  const key = createHash('sha256').update(backbone.id).update(JSON.stringify(set.classes)).update(Buffer.concat(code))
  mkdirSync(CACHE, { recursive: true })
  const file = join(CACHE, `${set.name.replace(' ', '-')}-${set.part}-${key.digest('hex').slice(0, 12)}.features`)
  const pictures = set.classes.flatMap((files, y) => files.map((f) => ({ y, f })))
  if (!existsSync(file)) {
    const { InferencePool } = await import('../../src/workers/inference/pool.ts')
    const pool = new InferencePool(backbone)
    const ingest = async (f: string) => {
      const { perceptualHash, copy } = await pool.ingest(new Uint8Array(readFileSync(f)))
      return { hash: perceptualHash, views: await pool.embed(new Uint8Array(copy), VIEWS) }
    }
    const seen = await Promise.all(pictures.map(({ f }) => ingest(f)))
    await pool.close()
    const hashes = Buffer.from(BigUint64Array.from(seen, (s) => s.hash).buffer)
    const rows = seen.flatMap((s) => s.views.map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength)))
    writeFileSync(file, Buffer.concat([hashes, ...rows]))
  }
  const bytes = new Uint8Array(readFileSync(file)).buffer
  const hashes = new BigUint64Array(bytes, 0, pictures.length)
  const values = new Float32Array(bytes, pictures.length * 8)
  const d = values.length / pictures.length / VIEWS.length
  return pictures.map(({ y }, i) => ({
    y,
    hash: hashes[i]!,
    views: VIEWS.map((_, v) => values.slice((i * VIEWS.length + v) * d, (i * VIEWS.length + v + 1) * d)),
  }))
}
