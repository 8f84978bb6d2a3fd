// Accuracy with few pictures a label on the demo's kind of pictures, beside the recipe of the method's description.
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
import type { InferencePool } from '../src/workers/inference/pool.ts'
import { plainSvm, type Sample, theRecipe } from './recipe.ts'

const NAMES = [...TAUGHT, ...STRANGERS]
const CHARACTERS = NAMES.length
const PICTURES = 30
const SPLITS = 10

type AccuracyRow = { k: number; mekiki: number; recipe: number; recipeWithMirror: number; plainSvm: number }

async function drawAll(folder: string): Promise<string[][]> {
  const all: string[][] = []
  for (const name of NAMES) {
    const files: string[] = []
    for (let k = 0; k < PICTURES; k++) files.push(await draw(folder, name, k))
    all.push(files)
  }
  return all
}

/** Mean accuracy over random splits, k pictures a label to learn from and the others to be asked about. */
export async function measureAccuracy(): Promise<AccuracyRow[]> {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const files = await drawAll(root)
  // Not before the pictures were drawn: the decoder closes the loader of SVG for the whole process.
  const { InferencePool } = await import('../src/workers/inference/pool.ts')
  const pool = new InferencePool(EMBEDDED)
  const samples = await Promise.all(files.map((some, y) => Promise.all(some.map((file) => ingest(pool, file, y)))))
  await pool.close()
  rmSync(root, { recursive: true })
  const prior = symmetricMatrix(readPrior(EMBEDDED)!)
  const rows: AccuracyRow[] = []
  for (const k of [1, 5, 10]) {
    const sum = { mekiki: 0, recipe: 0, recipeWithMirror: 0, plainSvm: 0 }
    for (let seed = 1; seed <= SPLITS; seed++) {
      const random = seededRandom(seed * 7919)
      const shuffled = samples.map((s) =>
        s
          .map((v) => ({ v, key: random() }))
          .sort((a, b) => a.key - b.key)
          .map((e) => e.v),
      )
      const taught = shuffled.flatMap((s) => s.slice(0, k))
      const asked = shuffled.flatMap((s) => s.slice(k))
      sum.mekiki += share(asked, ours(taught, asked)) / SPLITS
      sum.recipe += share(asked, theRecipe(taught, asked, CHARACTERS, prior, false)) / SPLITS
      sum.recipeWithMirror += share(asked, theRecipe(taught, asked, CHARACTERS, prior, true)) / SPLITS
      sum.plainSvm += share(asked, plainSvm(taught, asked, CHARACTERS)) / SPLITS
    }
    rows.push({ k, ...sum })
  }
  return rows
}

async function ingest(pool: InferencePool, file: string, y: number): Promise<Sample> {
  const seen = await pool.ingest(new Uint8Array(readFileSync(file)))
  const mirrored = (await pool.embed(new Uint8Array(seen.copy), ['mirrored']))[0]!
  return { y, features: seen.features, mirrored, hash: seen.perceptualHash }
}

/** What the program does: everything chosen from the taught pictures alone; one run of the network a picture that is asked about. */
function ours(taught: Sample[], asked: Sample[]): number[] {
  const { classifier } = trainClassifier({
    features: packRows(taught.map((s) => average([s.features, s.mirrored]))),
    queryFeatures: packRows(taught.map((s) => s.features)),
    views: [],
    y: Uint32Array.from(taught, (s) => s.y),
    labels: Array.from({ length: CHARACTERS }, (_, i) => `${i}`),
    hashes: taught.map((s) => s.hash),
    prior: readPrior(EMBEDDED),
  })
  const { data, columns } = classifier.predictProba(asked.map((s) => s.features))
  return asked.map((_, r) => {
    const row = data.subarray(r * columns, (r + 1) * columns)
    return row.indexOf(Math.max(...row))
  })
}

const share = (asked: Sample[], said: number[]): number => said.filter((c, r) => c === asked[r]!.y).length / said.length
if (import.meta.main) console.table(await measureAccuracy())
