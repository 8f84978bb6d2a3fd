import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import sharp from 'sharp'
import { CACHE, debian } from './fetch.ts'

const KINDS = 10
/** Width and height of a grey picture, in pixels. */
const SIDE = 28
/** Bytes of the files' headers. */
const IMAGES_HEADER = 16
const LABELS_HEADER = 8

/** Fashion-MNIST (Xiao et al. 2017): product photographs of ten kinds of clothes. @param most pictures of each kind */
export async function listClothes(most: number): Promise<string[][]> {
  const root = join(debian('dataset-fashion-mnist'), 'usr/share/datasets/fashion-mnist')
  const read = (name: string) => gunzipSync(readFileSync(join(root, name)))
  const pixels = read('t10k-images-idx3-ubyte.gz').subarray(IMAGES_HEADER)
  const kinds = read('t10k-labels-idx1-ubyte.gz').subarray(LABELS_HEADER)
  const folder = join(CACHE, 'clothes')
  mkdirSync(folder, { recursive: true })
  const all = Array.from({ length: KINDS }, () => [] as string[])
  for (const [i, kind] of kinds.entries()) {
    if (all[kind]!.length === most) continue
    const file = join(folder, `${kind}-${i}.png`)
    const raw = { width: SIDE, height: SIDE, channels: 1 as const }
    const picture = pixels.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE)
    if (!existsSync(file)) await sharp(picture, { raw }).png().toFile(file)
    all[kind]!.push(file)
  }
  return all
}
