import { packRows } from '../../models/numbers/rows.ts'
import { seededRandom } from '../../models/random.ts'
import type { TrainingSet } from '../../models/training-set.ts'

/** `noise`: how far vectors are from the centre of their label, whose values are 0 to 2. `d`: values of a vector. */
type Options = { noise?: number; seed?: number; d?: number }

/**
 * Vectors of at least 0 around a centre for each label, with hashes that are far apart. @param counts how many of each label
 * @returns the training set, its vectors as they are, and `draw`, which draws one more of a label
 */
export function makeVectors(counts: number[], { noise = 0.3, seed = 3, d = 20 }: Options = {}) {
  const random = seededRandom(seed)
  const centres = counts.map(() => Float32Array.from({ length: d }, () => random() * 2))
  const y = Uint32Array.from(counts.flatMap((n, c) => new Array<number>(n).fill(c)))
  const draw = (c: number): Float32Array => centres[c]!.map((v) => Math.max(0, v + noise * (random() + random() - 1)))
  const vectors = [...y].map(draw)
  const set: TrainingSet = {
    features: packRows(vectors),
    queryFeatures: packRows(vectors),
    views: [],
    y,
    labels: counts.map((_, c) => `label ${c}`),
    hashes: vectors.map(() => BigInt(Math.floor(random() * 2 ** 32)) * 4294967291n),
    prior: null,
  }
  return { set, vectors, draw }
}
