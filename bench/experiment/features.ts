import { readFileSync } from 'node:fs'
import { readPrior } from '../../models/backbones/prior.ts'
import { EMBEDDED } from '../../models/backbones/registry.ts'
import type { HeadName } from '../../models/heads/names.ts'
import { average } from '../../models/numbers/features.ts'
import { packRows } from '../../models/numbers/rows.ts'
import { trainClassifier } from '../../models/train.ts'
import { LEARNED_VIEWS, type View } from '../../models/views.ts'
import { InferencePool } from '../../src/workers/inference/pool.ts'

/** Files of pictures and the class of each. */
export type Files = { files: string[]; y: number[]; hashes: bigint[] }
const VIEWED = 24
const pool = new InferencePool(EMBEDDED)
export const closeEyes = (): Promise<void> => pool.close()

const embed = (file: string, views: View[]) => pool.embed(new Uint8Array(readFileSync(file)), views)

/** What `mekiki train` does with pictures that were just filed, `fast`. */
export async function learnFeatures({ files, y, hashes }: Files, labels: string[], head: HeadName) {
  const both = await Promise.all(files.map((f) => embed(f, ['plain', 'mirrored'])))
  const viewed = [...files.keys()].filter((i) => i % Math.max(1, Math.floor(files.length / VIEWED)) === 0)
  const views = await Promise.all(
    viewed.map(async (row) => ({ row, views: [...both[row]!, ...(await embed(files[row]!, LEARNED_VIEWS))] })),
  )
  const set = {
    features: packRows(both.map(average)),
    queryFeatures: packRows(both.map((b) => b[0]!)),
    views,
    y: Uint32Array.from(y),
    labels,
    hashes,
    prior: readPrior(EMBEDDED),
  }
  return trainClassifier(set, { heads: [head] }).classifier
}

export async function askEach(
  classifier: Awaited<ReturnType<typeof learnFeatures>>,
  { files }: Files,
): Promise<number[]> {
  const answers: number[] = []
  for (const file of files) {
    const p = classifier.classify(average(await embed(file, ['plain']))).probabilities
    answers.push(p.indexOf(Math.max(...p)))
  }
  return answers
}
