import { createHash } from 'node:crypto'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import { seededRandom } from '../../models/random.ts'
import type { App } from '../../src/app.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { addExample, findPicture } from '../../src/db/examples.ts'
import { addFeatures, viewKey } from '../../src/db/features.ts'
import { parseLabel } from '../../src/label.ts'
import { gaussian } from './gaussian.ts'

/** What the embedded backbone gives. */
export const D = 816

/**
 * `shift`: pictures are filed under the label that comes so many after theirs. `from`: the number of the first, others have others. `only`: those
 * of this label alone.
 */
type How = { by?: string; seed?: number; shift?: number; from?: number; only?: number }

/** Features are made up, at least 0 as a network's are, and as far apart as nine right answers in ten need; pictures are left out. */
export async function fillDataset({ db }: App, examples: number, labels: number, how: How = {}): Promise<number> {
  const { by = 'bench', seed = 1, shift = 0, from = 0, only } = how
  const random = seededRandom(seed)
  const gauss = gaussian(random)
  const dataset = await openDataset(db, LOCAL_SERVER, 'main', true)
  const centres = Array.from({ length: labels }, () => Float32Array.from({ length: D }, () => 0.25 * gauss()))
  const draw = (label: number): Float32Array => Float32Array.from(centres[label]!, (v) => Math.max(0, v + gauss()))
  for (let i = 0; i < from; i++) random()
  for (let i = 0; i < examples; i++) {
    if (only !== undefined && i % labels !== only) continue
    const hash = createHash('sha256')
      .update(`${from + i}`)
      .digest()
    const filed = {
      fileHash: hash,
      pixelHash: hash,
      perceptualHash: hash.readBigUInt64LE(),
      copy: Buffer.alloc(1),
      ...{ width: 512, height: 512, contrast: 50 },
      by,
    }
    const plain = draw(i % labels)
    await addExample(db, dataset, parseLabel(`label-${(i + shift) % labels}`), EMBEDDED.id, {
      ...filed,
      features: plain,
      file: `${from + i}`,
    })
    const mirrored = plain.map((v) => Math.max(0, v + 0.3 * gauss()))
    const picture = (await findPicture(db, dataset, { pixelHash: hash }))!
    await addFeatures(db, picture, viewKey(EMBEDDED.id, 'mirrored'), mirrored)
    if (i < 48) {
      const views = new Float32Array(6 * D)
      for (let v = 0; v < 6; v++)
        views.set(
          plain.map((p) => Math.max(0, p + 0.5 * gauss())),
          v * D,
        )
      await addFeatures(db, picture, viewKey(EMBEDDED.id, 'views'), views)
    }
  }
  return dataset
}
