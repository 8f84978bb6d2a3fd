import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { INCEPTION } from '../../../models/backbones/catalogue.ts'
import { convertKerasModel } from '../../../models/backbones/convert-keras.ts'
import { readNsfwjs } from '../../../models/backbones/nsfwjs.ts'
import { encodeModel } from '../../../models/onnx/protobuf.ts'
import { errorCode, UserError } from '../../errors.ts'
import { NetworkDescription } from './network-description.ts'

/** Where it is cut, the side of its input in pixels, the channels there, and files of weights in the package. */
const NETWORK = { layer: 'mixed7', side: 299, channels: 768, shards: 6 }

/**
 * Inception V3 of the package nsfwjs: a clone has it among its development dependencies, others install it beside Mekiki.
 * @param folder where the conversion is kept. Throws UserError backbone.not-installed
 */
export async function convertInception(folder: string): Promise<{ file: string; description: NetworkDescription }> {
  const { layer, side, channels, shards } = NETWORK
  const file = join(folder, `${INCEPTION.name}.onnx`)
  const description = NetworkDescription.parse({ width: side, height: side, type: 'uint8', layout: 'nhwc' })
  if (existsSync(file)) return { file, description }
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
      `Expected the package nsfwjs for ${INCEPTION.name}: npm install -g --legacy-peer-deps nsfwjs`,
    )
  }
  return { file, description }
}
