import { Classifier } from '../models/classifier.ts'
import { UserError } from './errors.ts'
import { readPicture } from './files.ts'
import type { Store } from './store/database.ts'
import { readCurrent } from './store/versions.ts'
import { inOrder } from './workers/in-order.ts'
import type { Pool } from './workers/pool.ts'

export type Prediction = {
  file: string
  /** null: unknown */
  label: string | null
  confidence: number
  known: number
  top: { label: string; confidence: number }[]
  version: number
}
type Failure = { file: string; error: { code: string; message: string } }

const TOP = 5

/** Answers with the version in use; stores nothing. A file that is no picture gives its error and the rest go on. */
export async function openPredictor({ store, pool }: { store: Store; pool: Pool }, dataset: number) {
  const current = await readCurrent(store, dataset)
  if (!current) throw new UserError('predict.not-trained', 'Expected a trained dataset, found none: run `train` first')
  const classifier = readClassifier(current.classifier)

  async function one(file: string): Promise<Prediction | Failure> {
    try {
      const { features } = await pool.see(await readPicture(file))
      const { probabilities, known, isKnown } = classifier.ask(features)
      const order = [...classifier.labels.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!).slice(0, TOP)
      const top = order.map((i) => ({ label: classifier.labels[i]!, confidence: probabilities[i]! }))
      const best = top[0]!
      const label = isKnown ? best.label : null
      return { file, label, confidence: best.confidence, known, top, version: current!.number }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return { file, error: { code: error.code, message: error.message } }
    }
  }

  return (files: AsyncIterable<string>) => inOrder(files, pool.width, one)
}

function readClassifier(json: unknown): Classifier {
  const format = (json as { format?: unknown }).format
  if (typeof format === 'number' && format > 1)
    throw new UserError('version.newer', `Expected a version of format 1, received ${format}: update Mekiki`)
  return Classifier.fromJSON(json)
}
