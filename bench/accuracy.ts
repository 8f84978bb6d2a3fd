// Accuracy with few pictures a label, on the demo's kind of pictures, beside the recipe of the method's description.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { draw, STRANGERS, TAUGHT } from '../demo/characters.ts'
import { readPrior } from '../models/backbones/prior.ts'
import { EMBEDDED } from '../models/backbones/registry.ts'
import { average } from '../models/numbers/features.ts'
import { packRows } from '../models/numbers/rows.ts'
import { symmetricMatrix } from '../models/numbers/triangle.ts'
import { seededRandom } from '../models/random.ts'
import { trainClassifier } from '../models/train.ts'
import { argmaxRows, meanOf, percentRight } from './figures.ts'
import { plainSvm, runRecipe, type Sample, type Split } from './recipe.ts'
import { shuffle } from './shuffle.ts'

const CHARACTERS = [...TAUGHT, ...STRANGERS]
const PICTURES = 30
const SPLITS = 10
const PER_LABEL = [1, 5, 10]

/** Mean accuracies over random splits, in percent. */
type AccuracyRow = { k: number; mekiki: number; recipe: number; recipeWithMirror: number; plainSvm: number }

/** Trains on k pictures a label and asks about the others. */
export async function measureAccuracy(): Promise<AccuracyRow[]> {
  const samples = await drawSamples()
  const prior = symmetricMatrix(readPrior(EMBEDDED)!)
  return PER_LABEL.map((k) => {
    const splits = Array.from({ length: SPLITS }, (_, i) => splitSamples(samples, k, i + 1))
    const accuracy = (answer: (split: Split) => number[]): number =>
      meanOf(
        splits.map((split) =>
          percentRight(
            answer(split),
            split.queries.map((s) => s.y),
          ),
        ),
      )
    return {
      k,
      mekiki: accuracy(runMekiki),
      recipe: accuracy((split) => runRecipe(split, { prior, mirror: false })),
      recipeWithMirror: accuracy((split) => runRecipe(split, { prior, mirror: true })),
      plainSvm: accuracy(plainSvm),
    }
  })
}

/** Embedded pictures of each character. */
async function drawSamples(): Promise<Sample[][]> {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const files: string[][] = []
  for (const name of CHARACTERS) {
    const drawn: string[] = []
    for (let i = 0; i < PICTURES; i++) drawn.push(await draw(root, name, i))
    files.push(drawn)
  }
  // Not before the pictures are drawn: the decoder closes the loader of SVG for the whole process.
  const { InferencePool } = await import('../src/workers/inference/pool.ts')
  const pool = new InferencePool(EMBEDDED)
  const embed = async (file: string, y: number): Promise<Sample> => {
    const { features, copy, perceptualHash } = await pool.ingest(new Uint8Array(readFileSync(file)))
    const [mirrored] = await pool.embed(new Uint8Array(copy), ['mirrored'])
    return { y, features, mirrored: mirrored!, hash: perceptualHash }
  }
  const samples = await Promise.all(files.map((drawn, y) => Promise.all(drawn.map((file) => embed(file, y)))))
  await pool.close()
  rmSync(root, { recursive: true })
  return samples
}

function splitSamples(samples: Sample[][], k: number, seed: number): Split {
  const random = seededRandom(seed * 7919)
  const shuffled = samples.map((ofLabel) => shuffle(ofLabel, random))
  return {
    training: shuffled.flatMap((ofLabel) => ofLabel.slice(0, k)),
    queries: shuffled.flatMap((ofLabel) => ofLabel.slice(k)),
    classes: samples.length,
  }
}

/** What Mekiki does: everything is chosen from the training pictures alone, and a query is embedded once. */
function runMekiki({ training, queries, classes }: Split): number[] {
  const { classifier } = trainClassifier({
    features: packRows(training.map((s) => average([s.features, s.mirrored]))),
    queryFeatures: packRows(training.map((s) => s.features)),
    views: [],
    y: Uint32Array.from(training, (s) => s.y),
    labels: Array.from({ length: classes }, (_, i) => `${i}`),
    hashes: training.map((s) => s.hash),
    prior: readPrior(EMBEDDED),
  })
  return argmaxRows(classifier.predictProba(queries.map((s) => s.features)))
}

if (import.meta.main) console.table(await measureAccuracy())
