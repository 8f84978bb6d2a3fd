// An inference worker thread: bytes to features. It opens one session and keeps it: sessions leak when they are made again.
import '../../no-telemetry.ts'
import { workerData } from 'node:worker_threads'
import { openExtractor } from '../../../models/backbones/extractor.ts'
import { BackboneError } from '../../../models/backbones/network.ts'
import { UserError } from '../../errors.ts'
import { type AskedPicture, decodeAsked, decodeExample } from '../../images/decode.ts'
import { shareDecodeLock } from '../../images/decode-lock.ts'
import { thumbnail } from '../../images/thumbnail.ts'
import { requireParentPort } from '../../parent-port.ts'
import type { Asked, InferenceJob, InferenceReply, InferenceWorkerData, Inferred } from './messages.ts'

const { backbone, decodeLock } = workerData as InferenceWorkerData
shareDecodeLock(decodeLock)
const port = requireParentPort()
const opened = openExtractor(backbone)
opened.catch(() => {}) // each job awaits it

port.on('message', async ({ id, bytes, task }: InferenceJob) => {
  const reply: InferenceReply = await runJob(bytes, task).then(
    (inferred) => ({ id, inferred }),
    (error) => ({ id, failure: describeFailure(error) }),
  )
  port.postMessage(reply)
})

const runJob = (bytes: Uint8Array, task: InferenceJob['task']): Promise<Inferred> =>
  task === 'ingest' ? ingest(bytes) : embed(bytes, task)

async function ingest(bytes: Uint8Array): Promise<Inferred> {
  const { input, copy, ...picture } = await decodeExample(bytes, backbone.input)
  // The copy is encoded by another thread while the network keeps this one.
  const features = await extractFeatures([input])
  return { features, picture: { ...picture, copy: await copy } }
}

async function embed(bytes: Uint8Array, { views, thumbnail: wantsThumbnail }: Asked): Promise<Inferred> {
  const { inputs, pixels } = await decodeAsked(bytes, backbone.input, views)
  const features = await extractFeatures(inputs)
  return wantsThumbnail ? { features, thumbnail: await thumbnail(pixels) } : { features }
}

async function extractFeatures(inputs: AskedPicture['inputs']): Promise<Float32Array[]> {
  const extractor = await opened
  const features: Float32Array[] = []
  for (const input of inputs) features.push(requireFinite((await extractor.extract(input)).features))
  return features
}

/** Values that are no numbers would spoil everything that is trained on them. */
function requireFinite(features: Float32Array): Float32Array {
  if (features.every(Number.isFinite)) return features
  throw new UserError('picture.no-features', `Expected numbers from ${backbone.id} for this picture, received others`)
}

/** Anything but a person's mistake ends the thread. */
function describeFailure(error: unknown): { code: string; message: string } {
  if (error instanceof BackboneError) return { code: 'backbone.unusable', message: error.message }
  if (error instanceof UserError) return { code: error.code, message: error.message }
  throw error
}
