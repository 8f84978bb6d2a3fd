import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { CATALOGUE } from '../../../models/backbones/catalogue.ts'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { removeClassifier } from '../../../models/backbones/remove-classifier.ts'
import type { ServiceContext } from '../../context.ts'
import { addBackbone, listBackbones, readBackbone } from '../../db/backbones.ts'
import { errorCode, UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { SharedTask } from '../../workers/shared-task.ts'
import { catalogueId } from './facts.ts'
import { makePrior } from './make-prior.ts'
import { fetchNetwork, type NetworkFile, type NetworkSource } from './network-file.ts'

/**
 * A backbone by the id or name that it has here; or a new one: downloaded or converted if need be, cut, tried, given a prior, and
 * remembered. Only then can a dataset use it, so a failure leaves everything as it was. Who asks for one that is being installed follows that.
 * Throws UserError backbone.*, busy.stopping
 */
export async function* installBackbone(
  app: ServiceContext,
  which: string,
  source: NetworkSource,
): AsyncGenerator<Progress, Backbone> {
  const known = await findBackbone(app, which)
  if (known) return known
  const key = JSON.stringify([which, source])
  const running = app.installations.get(key)
  if (running) return yield* running.follow()
  const installation = new SharedTask(install(app, which, source))
  app.installations.set(key, installation)
  void installation.ended.then(() => app.installations.delete(key))
  return yield* installation.follow()
}

async function* install(app: ServiceContext, which: string, source: NetworkSource): AsyncGenerator<Progress, Backbone> {
  const network = yield* fetchNetwork(app.backboneFolder, which, source)
  // Its `cut` has been done.
  const { id, input, output } = network
  const file = await writeNetwork(app.backboneFolder, network)
  const backbone: Backbone = { id, file, input, ...(output !== undefined && { output }) }
  await requireFeatures(app, backbone).catch(async (error) => {
    if (file !== network.file) await rm(file)
    throw error
  })
  const prior = join(app.backboneFolder, `${id}.f16`)
  if (!existsSync(prior)) yield* makePrior(app, backbone, prior)
  return addBackbone(app.db, { ...backbone, prior })
}

/**
 * One that is there already, by its id or its name. A name of the catalogue is only that entry, whatever else has the same name.
 * Null where there is none.
 */
export async function findBackbone({ db }: ServiceContext, which: string): Promise<Backbone | null> {
  const listed = CATALOGUE.find((entry) => entry.name === which)
  const wanted = listed ? catalogueId(listed) : which
  const backbones = await listBackbones(db)
  const found =
    backbones.find((b) => b.id === wanted) ??
    (listed ? undefined : backbones.findLast((b) => b.id.slice(0, b.id.lastIndexOf('@')) === which))
  return found ? readBackbone(db, found.id) : null
}

/** @returns the file of the network, or of what was made of it: converted, or a copy without its classification */
async function writeNetwork(folder: string, network: NetworkFile): Promise<string> {
  const onnx = network.onnx ?? (await cutNetwork(network))
  if (!onnx) return network.file
  const copy = join(folder, `${network.id}.onnx`)
  await mkdir(folder, { recursive: true })
  await writeFile(copy, onnx)
  return copy
}

/** The network without its classification; null where it has none. */
async function cutNetwork({ file, cut }: NetworkFile): Promise<Uint8Array | null> {
  if (!cut) return null
  try {
    return removeClassifier(await readFile(file))
  } catch (error) {
    throw new UserError('backbone.unusable', `Expected an ONNX network at ${file}: ${error}`, {}, { cause: error })
  }
}

/** Side of the picture that a network is tried on, in pixels. */
const TRIAL_SIDE = 64

/** Refuses a network that does not run, or gives no features, before any picture depends on it. Throws UserError backbone.unusable */
async function requireFeatures({ inferencePool }: ServiceContext, backbone: Backbone): Promise<void> {
  // The same picture every time, with all colours in it.
  const pixels = Uint8Array.from({ length: TRIAL_SIDE * TRIAL_SIDE * 3 }, (_, i) => (i * 7919) % 251)
  const picture = await sharp(pixels, { raw: { width: TRIAL_SIDE, height: TRIAL_SIDE, channels: 3 } })
    .png()
    .toBuffer()
  const [features] = await inferencePool(backbone)
    .embed(new Uint8Array(picture), ['plain'])
    .catch((error) => {
      if (errorCode(error) !== 'picture.no-features') throw error
      throw new UserError('backbone.unusable', `Expected finite numbers from ${backbone.file}, received others`)
    })
  const count = features?.length ?? 0
  if (count < 2) throw new UserError('backbone.unusable', `Expected features from ${backbone.file}, received ${count}`)
}
