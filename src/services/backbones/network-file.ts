import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { CATALOGUE } from '../../../models/backbones/catalogue.ts'
import { convertKerasModel } from '../../../models/backbones/convert-keras.ts'
import { readNsfwjs } from '../../../models/backbones/nsfwjs.ts'
import { encodeModel } from '../../../models/onnx/protobuf.ts'
import { download, hashOf } from '../../download.ts'
import { errorCode, UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { NetworkDescription, readDescription } from './network-description.ts'

/** Of Inception V3 as nsfwjs has it: where it is cut, the side of its input in pixels, the channels there. */
const INCEPTION = { name: 'inception-v3-mixed7', layer: 'mixed7', side: 299, channels: 768, shards: 6 }

/** Backbones that can be added by their name. */
export const INSTALLABLE = [...CATALOGUE.map((d) => d.name), INCEPTION.name]

/** A network on this machine that is no backbone yet. */
export type NetworkFile = { name: string; file: string; description: NetworkDescription }
/** `input`: a JSON file that describes the network. `sha256`: the hash of what is downloaded. */
export type NetworkSource = { input?: string | undefined; sha256?: string | undefined }

/**
 * A network by one of the names in `INSTALLABLE`, by URL, or by path; downloaded or converted if need be.
 * @param folder where downloads and conversions are kept
 * Throws UserError backbone.not-found, .hash-missing, .no-description, .download-failed, .hash-mismatch, .not-installed
 */
export async function* fetchNetwork(
  folder: string,
  which: string,
  source: NetworkSource,
): AsyncGenerator<Progress, NetworkFile> {
  if (which === INCEPTION.name) return convertInception(folder)
  const listed = CATALOGUE.find((d) => d.name === which)
  if (listed) {
    const description = NetworkDescription.parse(listed.input)
    return yield* downloadNetwork(folder, listed, description)
  }
  if (!/^https?:/.test(which)) return describeFile(which, source)
  if (source.sha256 === undefined)
    throw new UserError('backbone.hash-missing', 'Expected --sha256 with the hash of what is downloaded, received none')
  const name = basename(new URL(which).pathname, '.onnx')
  const description = await readDescription(source.input ?? `${name}.json`)
  return yield* downloadNetwork(folder, { name, url: which, sha256: source.sha256 }, description)
}

type Download = { name: string; url: string; sha256: string; bytes?: number }

async function* downloadNetwork(
  folder: string,
  wanted: Download,
  description: NetworkDescription,
): AsyncGenerator<Progress, NetworkFile> {
  const { name } = wanted
  const file = join(folder, `${name}.onnx`)
  if (!existsSync(file) || (await hashOf(file)) !== wanted.sha256) yield* download(wanted, file)
  return { name, file, description }
}

async function describeFile(path: string, { input }: NetworkSource): Promise<NetworkFile> {
  const file = resolve(path)
  if (!existsSync(file))
    throw new UserError('backbone.not-found', `Expected an id of \`backbone list\` or a file, received ${path}`)
  const extension = extname(file)
  // The file of a TensorFlow.js graph model is called model.json itself.
  const beside =
    extension === '.json' ? join(dirname(file), 'input.json') : join(dirname(file), `${basename(file, extension)}.json`)
  return { name: basename(file, extension), file, description: await readDescription(input ?? beside) }
}

/** Inception V3 of the package nsfwjs: a clone has it among its development dependencies, others install it beside Mekiki. */
async function convertInception(folder: string): Promise<NetworkFile> {
  const { name, layer, side, channels, shards } = INCEPTION
  const file = join(folder, `${name}.onnx`)
  const description = NetworkDescription.parse({ width: side, height: side, type: 'uint8', layout: 'nhwc' })
  if (existsSync(file)) return { name, file, description }
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(
      file,
      encodeModel(convertKerasModel(readNsfwjs('inception_v3', shards), { lastLayer: layer, size: side, channels })),
    )
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error
    throw new UserError(
      'backbone.not-installed',
      `Expected the package nsfwjs for ${name}: npm install -g --legacy-peer-deps nsfwjs`,
    )
  }
  return { name, file, description }
}
