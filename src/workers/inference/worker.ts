// An inference worker thread: bytes to features. It opens one session and keeps it: sessions leak when they are made again.
import '../../no-telemetry.ts'
import { type Extractor, openExtractor } from '../../../models/backbones/extractor.ts'
import { BackboneError } from '../../../models/backbones/network.ts'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { UserError } from '../../errors.ts'
import { type AskedPicture, decodeAsked, decodeExample } from '../../images/decode.ts'
import { shareDecodeLock } from '../../images/decode-lock.ts'
import { thumbnail } from '../../images/thumbnail.ts'
import { requireParentPort } from '../../parent-port.ts'
import type { Asked, InferenceJob, InferenceReply, Inferred, ToOpen } from './messages.ts'

type Open = { backbone: Backbone; extractor: Promise<Extractor> }

const port = requireParentPort()
const tell = (reply: InferenceReply): void => port.postMessage(reply)
port.once('message', ({ backbone, decodeLock }: ToOpen) => {
  shareDecodeLock(decodeLock)
  const extractor = openExtractor(backbone)
  const tellOpened = (): void => tell({ state: 'opened' })
  extractor.then(tellOpened, tellOpened) // each job awaits it, too
  port.on('message', (job: InferenceJob) => answer(job, { backbone, extractor }))
})

tell({ state: 'loaded' })

async function answer({ id, bytes, task }: InferenceJob, open: Open): Promise<void> {
  const done = task === 'ingest' ? ingest(bytes, open) : embed(bytes, task, open)
  const reply: InferenceReply = await done.then(
    (inferred) => ({ id, inferred }),
    (error) => ({ id, failure: describeFailure(error) }),
  )
  tell(reply)
}

async function ingest(bytes: Uint8Array, open: Open): Promise<Inferred> {
  const { input, copy, ...picture } = await decodeExample(bytes, open.backbone.input)
  // The copy is encoded by another thread while the network keeps this one.
  const features = await extractFeatures([input], open)
  return { features, picture: { ...picture, copy: await copy } }
}

async function embed(bytes: Uint8Array, { views, thumbnail: wantsThumbnail }: Asked, open: Open): Promise<Inferred> {
  const { inputs, pixels } = await decodeAsked(bytes, open.backbone.input, views)
  const features = await extractFeatures(inputs, open)
  return wantsThumbnail ? { features, thumbnail: await thumbnail(pixels) } : { features }
}

async function extractFeatures(inputs: AskedPicture['inputs'], { backbone, extractor }: Open): Promise<Float32Array[]> {
  const { extract } = await extractor
  const features: Float32Array[] = []
  for (const input of inputs) features.push(requireFinite((await extract(input)).features, backbone))
  return features
}

/** Values that are no numbers would spoil everything that is trained on them. */
function requireFinite(features: Float32Array, { id }: Backbone): Float32Array {
  if (features.every(Number.isFinite)) return features
  throw new UserError('picture.no-features', `Expected numbers from ${id} for this picture, received others`)
}

/** Anything but a person's mistake ends the thread. */
function describeFailure(error: unknown): { code: string; message: string } {
  if (error instanceof BackboneError) return { code: 'backbone.unusable', message: error.message }
  if (error instanceof UserError) return { code: error.code, message: error.message }
  throw error
}
