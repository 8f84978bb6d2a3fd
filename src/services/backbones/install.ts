import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import sharp from 'sharp'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { removeClassifier } from '../../../models/backbones/remove-classifier.ts'
import type { ServiceContext } from '../../context.ts'
import { addBackbone, listBackbones, readBackbone } from '../../db/backbones.ts'
import { hashOf } from '../../download.ts'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { makePrior } from './make-prior.ts'
import { fetchNetwork, type NetworkFile, type NetworkSource } from './network-file.ts'

/** Characters of the hash in a backbone's id. */
const HASH_LENGTH = 12

/**
 * A backbone by the id or name that it has here; or a new one: downloaded if need be, cut, tried, given a prior, and
 * remembered. Only then can a dataset use it, so a failure leaves everything as it was. Throws UserError backbone.*
 */
export async function* installBackbone(
  app: ServiceContext,
  which: string,
  source: NetworkSource,
): AsyncGenerator<Progress, Backbone> {
  const known = (await listBackbones(app.db)).findLast((b) => b.id === which || b.id.split('@')[0] === which)
  if (known) return readBackbone(app.db, known.id)
  const network = yield* fetchNetwork(app.backboneFolder, which, source)
  const id = await identify(network)
  const file = await cutNetwork(app.backboneFolder, id, network)
  // Its `cut` has been done.
  const { cut: _, output, ...input } = network.description
  const backbone: Backbone = { id, file, input, ...(output !== undefined && { output }) }
  await requireFeatures(app, backbone)
  const prior = join(app.backboneFolder, `${id}.f16`)
  if (!existsSync(prior)) yield* makePrior(app, backbone, prior)
  return addBackbone(app.db, { ...backbone, prior })
}

/** Its name and a hash of all that its features depend on. The order of the keys is part of ids that are stored already. */
async function identify({ name, file, description }: NetworkFile): Promise<string> {
  const { cut, output, ...input } = description
  const hash = createHash('sha256').update(JSON.stringify({ output, cut, ...input }))
  hash.update(await hashOf(file))
  return `${name}@${hash.digest('hex').slice(0, HASH_LENGTH)}`
}

/** The file of the network, or of a copy without its classification. */
async function cutNetwork(folder: string, id: string, { file, description }: NetworkFile): Promise<string> {
  const { cut, output } = description
  if (!cut || output !== undefined || extname(file) !== '.onnx') return file
  try {
    const features = removeClassifier(await readFile(file))
    if (!features) return file
    const copy = join(folder, `${id}.onnx`)
    await mkdir(dirname(copy), { recursive: true })
    await writeFile(copy, features)
    return copy
  } catch (error) {
    throw new UserError('backbone.unusable', `Expected an ONNX network at ${file}: ${error}`, {}, { cause: error })
  }
}

/** Refuses a network that does not run, or gives no features, before any picture depends on it. Throws UserError backbone.unusable */
async function requireFeatures({ inferencePool }: ServiceContext, backbone: Backbone): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer()
  const [features] = await inferencePool(backbone).embed(new Uint8Array(picture), ['plain'])
  const count = features?.length ?? 0
  if (count < 2) throw new UserError('backbone.unusable', `Expected features from ${backbone.file}, received ${count}`)
}
