import { unzipSync } from 'fflate'
import { isLayersModel } from '../../../models/backbones/layers/read-layers.ts'
import { BackboneError } from '../../../models/backbones/network.ts'
import type { TfjsModel } from '../../../models/backbones/tfjs-weights.ts'
import { parseJson, shardPaths } from './layers-file.ts'

/** What an archive holds: one of the two. */
type Archive = { tflite: Uint8Array; layers?: never } | { tflite?: never; layers: TfjsModel }

/** Unpacked. Larger ones are no image classifiers. */
const MAX_BYTES = 2 ** 29
const MODEL = 'model.json'
/** What Teachable Machine offers besides. */
const KERAS = /\.(h5|keras|pb)$/i

/** Reads an archive as Teachable Machine exports it: with a TFLite file, or model.json and its weights. Throws BackboneError */
export function readArchive(bytes: Uint8Array): Archive {
  const files = unzip(bytes)
  const names = Object.keys(files)
  const networks = names.filter((name) => /\.tflite$/i.test(name))
  const [network = ''] = networks
  if (networks.length > 1) throw new BackboneError(`Expected one TFLite file in the archive, found ${networks}`)
  const tflite = files[network]
  if (tflite) return { tflite }
  const model = names.find((name) => name === MODEL || name.endsWith(`/${MODEL}`))
  if (model !== undefined) return { layers: readModel(files, model) }
  if (names.some((name) => KERAS.test(name)))
    throw new BackboneError(
      'Expected TensorFlow Lite or TensorFlow.js, received a Keras model: export it as one of the two',
    )
  throw new BackboneError(`Expected a .tflite file or ${MODEL} in the archive, found ${names.length} other files`)
}

function readModel(files: Record<string, Uint8Array>, path: string): TfjsModel {
  const model = parseJson(Buffer.from(files[path] ?? []).toString())
  if (!isLayersModel(model))
    throw new BackboneError(`Expected a layers model of TensorFlow.js in ${path}, received another one`)
  const folder = path.slice(0, -MODEL.length)
  const parts = shardPaths(model).map((shard) => {
    const part = files[folder + shard]
    if (part) return part
    throw new BackboneError(`Expected the weights ${folder + shard} in the archive, found none`)
  })
  return { model, weights: Buffer.concat(parts) }
}

function unzip(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0
  try {
    return unzipSync(bytes, {
      filter({ originalSize }) {
        total += originalSize
        if (total > MAX_BYTES) throw new BackboneError(`Expected at most ${MAX_BYTES} bytes in the archive, found more`)
        return true
      },
    })
  } catch (error) {
    if (error instanceof BackboneError) throw error
    throw new BackboneError(`Expected a ZIP archive: ${error}`, { cause: error })
  }
}
