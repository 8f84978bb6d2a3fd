import type { Backbone } from '../models/backbones/registry.ts'
import { Classifier, FORMAT } from '../models/classifier.ts'
import { UserError } from './errors.ts'
import { readPicture } from './files.ts'
import { readBackbone } from './store/backbones.ts'
import type { Store } from './store/database.ts'
import { type Current, readCurrent } from './store/versions.ts'
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
export async function openPredictor(
  { store, eyes }: { store: Store; eyes(backbone: Backbone): Pool },
  dataset: number,
): Promise<(files: Iterable<string> | AsyncIterable<string>) => AsyncGenerator<Prediction | Failure>> {
  const { classifier, version, backbone } = await currentClassifier(store, dataset)
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

/** The version in use, ready to answer. Throws UserError predict.not-trained, version.* */
export async function currentClassifier(store: Store, dataset: number) {
  const current = await readCurrent(store, dataset)
  if (!current) throw new UserError('predict.not-trained', 'Expected a trained dataset, found none: run `train` first')
  const backbone = await readBackbone(store, current.backbone)
  return { classifier: readClassifier(current), version: current.number, backbone, summary: current.summary }
}

function readClassifier({ number, classifier }: Current): Classifier {
  const { format } = classifier as { format?: unknown }
  if (typeof format === 'number' && format > FORMAT)
    throw new UserError(
      'version.newer',
      `Expected version ${number} in format ${FORMAT}, found ${format}: update Mekiki`,
    )
  if (format !== FORMAT)
    throw new UserError(
      'version.older',
      `Expected version ${number} in format ${FORMAT}, found ${format}: run \`train\``,
    )
  try {
    return Classifier.fromJSON(classifier)
  } catch (error) {
    throw new UserError('version.unreadable', `Expected a whole version ${number}, found it damaged: run \`train\``, {
      cause: error,
    })
  }
}
