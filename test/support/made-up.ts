import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import { seededRandom } from '../../models/random.ts'
import type { App } from '../../src/app.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { addExample } from '../../src/db/examples.ts'
import { addFeatures, viewKey } from '../../src/db/features.ts'
import { findPicture } from '../../src/db/pictures.ts'
import { parseLabel } from '../../src/label.ts'
import { gaussian } from './gaussian.ts'

/** What the embedded backbone gives. */
export const D = 816

/**
 * `shift`: pictures get the label that comes so many after theirs. `from`: the number of the first, others have others. `only`: those
 * of this label alone.
 */
type How = { server?: string; by?: string; seed?: number; shift?: number; from?: number; only?: number }

/** Features are made up, at least 0 as a network's are, and as far apart as nine right answers in ten need; pictures are left out. */
export async function fillDataset({ db }: App, examples: number, labels: number, how: How = {}): Promise<number> {
  const { server = LOCAL_SERVER, by = 'bench', seed = 1, shift = 0, from = 0, only } = how
  const random = seededRandom(seed)
  const gauss = gaussian(random)
  const dataset = await openDataset(db, { server, name: 'main', create: true })
  const centres = Array.from({ length: labels }, () => Float32Array.from({ length: D }, () => 0.25 * gauss()))
  const draw = (label: number): Float32Array => Float32Array.from(centres[label]!, (v) => Math.max(0, v + gauss()))
  for (let i = 0; i < from; i++) random()
  for (let i = 0; i < examples; i++) {
    if (only !== undefined && i % labels !== only) continue
    const hash = createHash('sha256')
      .update(`${from + i}`)
      .digest()
    const picture = {
      fileHash: hash,
      pixelHash: hash,
      perceptualHash: hash.readBigUInt64LE(),
      copy: Buffer.alloc(1),
      width: 512,
      height: 512,
      contrast: 50,
    }
    const plain = draw(i % labels)
    await addExample(db, dataset, {
      label: parseLabel(`label-${(i + shift) % labels}`),
      file: `${from + i}`,
      by,
      picture,
      backbone: EMBEDDED.id,
      features: plain,
    })
    const mirrored = plain.map((v) => Math.max(0, v + 0.3 * gauss()))
    const id = await findPicture(db, dataset, { pixelHash: hash })
    assert.ok(id !== undefined)
    await addFeatures(db, { picture: id, key: viewKey(EMBEDDED.id, 'mirrored'), vector: mirrored })
    if (i < 48) {
      const views = new Float32Array(6 * D)
      for (let v = 0; v < 6; v++)
        views.set(
          plain.map((p) => Math.max(0, p + 0.5 * gauss())),
          v * D,
        )
      await addFeatures(db, { picture: id, key: viewKey(EMBEDDED.id, 'views'), vector: views })
    }
  }
  return dataset
}
