import { readFileSync } from 'node:fs'
import { readPrior } from '../../models/backbones/prior.ts'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import type { HeadName } from '../../models/heads/names.ts'
import { average } from '../../models/numbers/features.ts'
import { packRows } from '../../models/numbers/rows.ts'
import { trainClassifier } from '../../models/train.ts'
import { RANDOM_VIEWS, type View } from '../../models/views.ts'
import { InferencePool } from '../../src/workers/inference/pool.ts'
import type { LabelledFiles } from './classes.ts'

/** Pictures whose views are used for whitening, as in the program. */
const VIEWED = 24

const pool = new InferencePool(EMBEDDED)
export const closePool = (): Promise<void> => pool.close()

const embed = (file: string, views: View[]) => pool.embed(new Uint8Array(readFileSync(file)), views)

/** What `mekiki train --effort fast` does with new pictures, from files to a classifier. */
export async function trainOnFeatures({ files, y, hashes }: LabelledFiles, labels: string[], head: HeadName) {
  const both = await Promise.all(files.map((f) => embed(f, ['plain', 'mirrored'])))
  const step = Math.max(1, Math.floor(files.length / VIEWED))
  const viewed = [...files.keys()].filter((row) => row % step === 0)
  const views = await Promise.all(
    viewed.map(async (row) => ({ row, views: [...both[row]!, ...(await embed(files[row]!, RANDOM_VIEWS))] })),
  )
  const set = {
    features: packRows(both.map(average)),
    queryFeatures: packRows(both.map(([plain]) => plain!)),
    views,
    y: Uint32Array.from(y),
    labels,
    hashes,
    prior: readPrior(EMBEDDED),
  }
  return trainClassifier(set, { heads: [head] }).classifier
}

/** Class of each picture, one picture at a time. */
export async function classifyEach(
  classifier: Awaited<ReturnType<typeof trainOnFeatures>>,
  { files }: LabelledFiles,
): Promise<number[]> {
  const answers: number[] = []
  for (const file of files) {
    const { probabilities } = classifier.classify(average(await embed(file, ['plain'])))
    answers.push(probabilities.indexOf(Math.max(...probabilities)))
  }
  return answers
}
