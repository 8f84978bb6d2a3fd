import { Classifier, FORMAT } from '../models/classifier.ts'
import { UserError } from './errors.ts'
import { readPicture } from './files.ts'
import type { Services } from './services.ts'
import { readBackbone } from './store/backbones.ts'
import type { Store } from './store/database.ts'
import { type Current, readCurrent } from './store/versions.ts'
import { inOrder } from './workers/in-order.ts'

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
export async function openPredictor(
  { store, eyes }: Services,
  dataset: number,
): Promise<(files: Iterable<string> | AsyncIterable<string>) => AsyncGenerator<Prediction | Failure>> {
  const current = await currentClassifier(store, dataset)
  if (!current) throw new UserError('predict.not-trained', 'Expected a trained dataset, found none: run `train` first')
  const { classifier, version, backbone } = current
  const pool = eyes(backbone)

  async function one(file: string): Promise<Prediction | Failure> {
    try {
      const features = await pool.look(await readPicture(file))
      const { probabilities, known, isKnown } = classifier.ask(features)
      const order = [...classifier.labels.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!).slice(0, TOP)
      const top = order.map((i) => ({ label: classifier.labels[i]!, confidence: probabilities[i]! }))
      const best = top[0]!
      return { file, label: isKnown ? best.label : null, confidence: best.confidence, known, top, version }
    } catch (error) {
      if (!(error instanceof UserError) || error.code.startsWith('backbone.')) throw error
      return { file, error: { code: error.code, message: error.message } }
    }
  }

  return (files) => inOrder(files, pool.width, one)
}

/** The version in use, ready to answer; undefined where nothing was trained. Throws UserError version.* */
export async function currentClassifier(store: Store, dataset: number) {
  const current = await readCurrent(store, dataset)
  if (!current) return undefined
  const backbone = await readBackbone(store, current.backbone)
  return { classifier: readClassifier(current), version: current.number, backbone, summary: current.summary }
}

function readClassifier({ number, classifier }: Current): Classifier {
  try {
    const json: unknown = JSON.parse(classifier)
    checkFormat(number, (json as { format?: unknown }).format)
    return Classifier.fromJSON(json)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError('version.unreadable', `Expected a whole version ${number}, found it damaged: run \`train\``, {
      cause: error,
    })
  }
}

function checkFormat(number: number, format: unknown): void {
  const expected = `Expected version ${number} in format ${FORMAT}, found ${format}`
  if (typeof format === 'number' && format > FORMAT) throw new UserError('version.newer', `${expected}: update Mekiki`)
  if (format !== FORMAT) throw new UserError('version.older', `${expected}: run \`train\``)
}
