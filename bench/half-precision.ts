// What it costs that stored features have 16 bits: the same trainings on features of 32 bits, asked about the same pictures.

import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import type { Classifier } from '../models/classifier.ts'
import { average } from '../models/numbers/features.ts'
import { decodeHalves, encodeHalves } from '../models/numbers/half-precision.ts'
import { packRows } from '../models/numbers/rows.ts'
import { seededRandom } from '../models/random.ts'
import { trainClassifier } from '../models/train.ts'
import { argmaxRows, percentRight } from './figures.ts'
import { type EmbeddedPicture, embedSet } from './sets/features.ts'
import { listSets } from './sets/sets.ts'
import { shuffle } from './shuffle.ts'

const SEEDS = 2
const PER_LABEL = [2, 10]
/** Labels of a set: enough to be hard, few enough to train in seconds. */
const MOST_LABELS = 20

type Row = { set: string; k: number; float32: number; float16: number; otherAnswers: number; largestDifference: number }

const halved = (vector: Float32Array): Float32Array => decodeHalves(encodeHalves(vector))

function fit(pictures: EmbeddedPicture[], store: (vector: Float32Array) => Float32Array): Classifier {
  const views = pictures.map((p) => p.views.map(store))
  const classes = Math.max(...pictures.map((p) => p.y)) + 1
  const { classifier } = trainClassifier({
    features: packRows(views.map(([plain, mirrored]) => average([plain!, mirrored!]))),
    queryFeatures: packRows(views.map(([plain]) => plain!)),
    views: [],
    y: Uint32Array.from(pictures, (p) => p.y),
    labels: Array.from({ length: classes }, (_, i) => `${i}`),
    hashes: pictures.map((p) => p.hash),
    prior: readPrior(EMBEDDED),
  })
  return classifier
}

/** Accuracies and other answers in percent; the largest difference of a probability. */
function compare(pictures: EmbeddedPicture[], k: number, seed: number): Omit<Row, 'set' | 'k'> {
  const random = seededRandom(seed)
  const byLabel = [...Map.groupBy(pictures, (p) => p.y).values()].map((of) => shuffle(of, random))
  const training = byLabel.flatMap((of) => of.slice(0, k))
  const queries = byLabel.flatMap((of) => of.slice(k))
  const [full, half] = [fit(training, (v) => v), fit(training, halved)].map((c) =>
    c.predictProba(queries.map((q) => q.views[0]!)),
  )
  const truth = queries.map((q) => q.y)
  const [one, other] = [argmaxRows(full!), argmaxRows(half!)]
  return {
    float32: percentRight(one, truth),
    float16: percentRight(other, truth),
    otherAnswers: 100 - percentRight(one, other),
    largestDifference: full!.data.reduce((most, p, i) => Math.max(most, Math.abs(p - half!.data[i]!)), 0),
  }
}

async function measureHalfPrecision(): Promise<Row[]> {
  const rows: Row[] = []
  for (const set of await listSets('test')) {
    const pictures = (await embedSet(set)).filter((p) => p.y < MOST_LABELS)
    process.stderr.write(`${set.name}: ${pictures.length} pictures\n`)
    const fewest = Math.min(...[...Map.groupBy(pictures, (p) => p.y).values()].map((of) => of.length))
    for (const k of PER_LABEL.filter((count) => count < fewest)) {
      const found = Array.from({ length: SEEDS }, (_, i) => compare(pictures, k, i + 1))
      const mean = (of: (row: (typeof found)[number]) => number): number =>
        found.reduce((sum, row) => sum + of(row), 0) / SEEDS
      rows.push({
        set: set.name,
        k,
        float32: mean((r) => r.float32),
        float16: mean((r) => r.float16),
        otherAnswers: mean((r) => r.otherAnswers),
        largestDifference: Math.max(...found.map((r) => r.largestDifference)),
      })
    }
  }
  return rows
}

if (import.meta.main) console.table(await measureHalfPrecision())
