// Photographs and drawings by the embedded backbone, by `photos`, and by both; beside them what people would pick instead.
//   node bench/photographs.ts [SET…]
// The cartons are in the folder of MEKIKI_TEST_PICTURES, or in ../shared/pictures/cartons; the file of `photos` in that of MEKIKI_TEST_WEIGHTS, or in
// ../shared/weights. What is not there is left out, and that is said.
import { type Backbone, EMBEDDED } from '../models/backbones/registry.ts'
import { calibrationError } from '../models/evaluation/calibration.ts'
import type { Matrix } from '../models/numbers/matrix.ts'
import { seededRandom } from '../models/random.ts'
import { skipWithoutPhotos } from '../test/support/real-weights.ts'
import { startEngine } from './experiment/train-network.ts'
import { argmaxRows, meanOf, percentRight, spreadOf } from './figures.ts'
import {
  type Answers,
  describePhotographs,
  type PhotographResults,
  type PhotographRow,
  WAYS,
  type Way,
} from './photographs-report.ts'
import { listPhotographsAndDrawings } from './sets/photographs.ts'
import { photosBackbone } from './sets/photos-backbone.ts'
import { embedByEach, type PairedPicture, seenBy, trainOnPictures } from './several-backbones.ts'
import { shuffle } from './shuffle.ts'
import { logisticRegression, trainDense } from './teachable-machine.ts'

const SEEDS = [1, 2, 3, 4, 5]
const PER_LABEL = [5, 10, 20]
/** As the program asks unless told otherwise (`--effort balanced`). */
const QUERY_VIEWS = 2
/** How often a perfect classifier is simulated. */
const SIMULATIONS = 20

type Split = { training: PairedPicture[]; queries: PairedPicture[]; classes: number; seed: number }

/** @param only names of sets; all unless given */
export async function measurePhotographs(only: string[] = []): Promise<PhotographResults> {
  const sets = (await listPhotographsAndDrawings()).filter(({ name }) => only.length === 0 || only.includes(name))
  const photos = await photosBackbone()
  if (!photos) process.stderr.write(`photographs: ${skipWithoutPhotos}\n`)
  await startEngine()
  const rows: PhotographRow[] = []
  for (const set of photos ? sets : []) {
    const pictures = await embedByEach(set, [EMBEDDED, photos!])
    for (const k of PER_LABEL) {
      const runs: Awaited<ReturnType<typeof run>>[] = []
      for (const seed of SEEDS) runs.push(await run(draw(pictures, k, seed), [EMBEDDED, photos!]))
      const spreads = WAYS.map((way) => [way, spreadOf(runs.map((r) => r[way].right))] as const)
      const calibration = meanOf(runs.map(({ both }) => both.calibration))
      const perfect = meanOf(runs.map(({ both }) => both.perfect))
      const row = { set: set.name, k, calibration, perfect, ...Object.fromEntries(spreads) } as PhotographRow
      process.stderr.write(`${set.name}, ${k} a label: ${WAYS.map((way) => row[way].mean.toFixed(1)).join(' / ')}\n`)
      rows.push(row)
    }
  }
  return { seeds: SEEDS.length, rows }
}

/** k pictures of each label to train on; the others are the queries. */
function draw(pictures: PairedPicture[], k: number, seed: number): Split {
  const random = seededRandom(seed * 7919)
  const shuffled = [...Map.groupBy(pictures, ({ y }) => y).values()].map((some) => shuffle(some, random))
  return {
    training: shuffled.flatMap((some) => some.slice(0, k)),
    queries: shuffled.flatMap((some) => some.slice(k)),
    classes: shuffled.length,
    seed,
  }
}

async function run(split: Split, backbones: [Backbone, Backbone]): Promise<Record<Way, Answers>> {
  const { classes, seed } = split
  const truth = split.queries.map((p) => p.y)
  const mekiki = (seen: (some: PairedPicture[]) => PairedPicture[], used: Backbone[]): Answers => {
    const examples = seen(split.training).map((picture) => ({ picture, y: picture.y }))
    const { ask } = trainOnPictures(examples, { classes, backbones: used, queryViews: QUERY_VIEWS })
    return judge(ask(seen(split.queries)), truth)
  }
  const plain = ({ also }: PairedPicture): Float32Array => also[0]![0]!
  const y = split.training.map((p) => p.y)
  const features = { x: split.training.map(plain), y, queries: split.queries.map(plain), classes, seed }
  const only = (answers: number[]): Answers => ({ right: percentRight(answers, truth), calibration: NaN, perfect: NaN })
  return {
    embedded: mekiki((some) => seenBy(some, 0), [backbones[0]]),
    photos: mekiki((some) => seenBy(some, 1), [backbones[1]]),
    both: mekiki((some) => some, backbones),
    dense: only(await trainDense(features)),
    logistic: only(logisticRegression(features)),
  }
}

/** What was right, the calibration error, and that of a classifier that is right exactly as often as it says, on as many pictures. */
function judge(p: Matrix, truth: number[]): Answers {
  const answers = argmaxRows(p)
  const confidence = answers.map((c, r) => p.data[r * p.columns + c]!)
  const error = (isRight: boolean[]): number => 100 * calibrationError(confidence, isRight)
  const random = seededRandom(1)
  const simulated = Array.from({ length: SIMULATIONS }, () => error(confidence.map((sure) => random() < sure)))
  return {
    right: percentRight(answers, truth),
    calibration: error(answers.map((c, r) => c === truth[r])),
    perfect: meanOf(simulated),
  }
}

if (import.meta.main) process.stdout.write(describePhotographs(await measurePhotographs(process.argv.slice(2))))
