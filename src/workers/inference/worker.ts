// A worker thread: bytes to features. It holds the one session that this thread ever makes.
import { parentPort, workerData } from 'node:worker_threads'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { BackboneError, openExtractor } from '../../../models/backbones/session.ts'
import type { View } from '../../../models/views.ts'
import { UserError } from '../../errors.ts'
import { decodeExample, decodeViews } from '../../images/decode.ts'
import { shareDecodeLock } from '../../images/decode-lock.ts'

export type InferenceWorkerData = { backbone: Backbone; turn: SharedArrayBuffer }

/** `all`: features and what is kept of a filed picture; views: the features of each alone. */
export type InferenceJob = { id: number; bytes: Uint8Array; want: 'all' | View[] }

const { backbone, turn } = workerData as InferenceWorkerData
shareDecodeLock(turn)
const port = parentPort!
const opened = openExtractor(backbone)
opened.catch(() => {}) // each job awaits it

port.on('message', async ({ id, bytes, want }: InferenceJob) => {
  try {
    const size = backbone.input
    const { inputs, kept } =
      want === 'all' ? await filed(bytes) : { inputs: await decodeViews(bytes, size, want), kept: {} }
    const extractor = await opened
    const features: Float32Array[] = []
    for (const input of inputs) features.push(checked((await extractor.extract(input)).features))
    port.postMessage({ id, seen: { ...kept, features } })
  } catch (error) {
    const mistake = error instanceof BackboneError ? new UserError('backbone.unusable', error.message) : error
    if (!(mistake instanceof UserError)) throw error
    port.postMessage({ id, mistake: { code: mistake.code, message: mistake.message } })
  }
})

async function filed(bytes: Uint8Array) {
  const { input, ...kept } = await decodeExample(bytes, backbone.input)
  return { inputs: [input], kept }
}

/** What is no number would spoil everything that is learned with it. */
function checked(features: Float32Array): Float32Array {
  if (features.every(Number.isFinite)) return features
  throw new UserError('picture.no-features', `Expected numbers from ${backbone.id} for this picture, received others`)
}
