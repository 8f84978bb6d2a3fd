import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { convertLayersModel } from '../../../models/backbones/layers/convert-layers.ts'
import { BackboneError } from '../../../models/backbones/network.ts'
import type { InputDescription } from '../../../models/backbones/registry.ts'
import type { ConvertedNetwork, PixelScale } from '../../../models/backbones/scale-pixels.ts'
import { convertTflite } from '../../../models/backbones/tflite/convert.ts'
import { UserError } from '../../errors.ts'
import { readArchive } from './exported-archive.ts'
import { readLayersFile } from './layers-file.ts'
import { type InputSettings, readInputSettings } from './network-description.ts'

/** `settings`: what the conversion depends on besides the file. */
type ConvertedFile = { onnx: Uint8Array; input: InputDescription; settings: InputSettings & { weights?: string } }

/** Larger files are no image classifiers; ONNX ends at 2 GiB. */
const MAX_BYTES = 2 ** 29
type Kind = 'tflite' | 'archive' | 'json'
const EXTENSIONS: Record<string, Kind> = { '.tflite': 'tflite', '.zip': 'archive', '.json': 'json' }
/** Bytes in which the kind of a file is told. */
const HEAD_BYTES = 8

/** By what it begins with, whatever it is called; else by its name, so that what is wrong with it is said. */
async function kindOf(file: string): Promise<Kind | undefined> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    if (buffer.toString('latin1', HEAD_BYTES / 2) === 'TFL3') return 'tflite'
    if (buffer.toString('latin1', 0, HEAD_BYTES / 2) === 'PK\x03\x04') return 'archive'
  } finally {
    await handle.close()
  }
  return EXTENSIONS[extname(file).toLowerCase()]
}

type DescriptionFile = { description: string; isRequired: boolean }

/**
 * Converts a network to ONNX: a TFLite file, a layers model of TensorFlow.js, or an archive with one of the two, as Teachable Machine exports it.
 * @param description a JSON file that says how pixels become the numbers that it takes; it must be there where it is required
 * @returns null for a file of another kind. Throws UserError backbone.unusable, .no-description
 */
export async function convertFile(file: string, from?: DescriptionFile): Promise<ConvertedFile | null> {
  const { size } = await stat(file)
  const kind = await kindOf(file)
  if (!kind) return null
  if (size > MAX_BYTES)
    throw new UserError('backbone.unusable', `Expected at most ${MAX_BYTES} bytes in ${file}, received ${size}`)
  try {
    const layers = kind === 'json' ? await readLayersFile(file) : null
    if (kind === 'json' && !layers) return null
    const settings =
      from && (from.isRequired || existsSync(from.description)) ? await readInputSettings(from.description) : {}
    const { order = 'rgb', mean, deviation } = settings
    const scale = mean && deviation && { mean, deviation }
    const { onnx, input } = layers ? convertLayersModel(layers, scale) : convertBytes(kind, await readFile(file), scale)
    const converted = { onnx, input: { ...input, order } }
    if (!layers) return { ...converted, settings }
    // The weights are in other files than the one whose hash the id has.
    const weights = createHash('sha256').update(layers.weights).digest('hex')
    return { ...converted, settings: { ...settings, weights } }
  } catch (error) {
    if (!(error instanceof BackboneError)) throw error
    throw new UserError('backbone.unusable', `${error.message} (${file})`, {}, { cause: error })
  }
}

function convertBytes(kind: Kind, bytes: Uint8Array, scale?: PixelScale): ConvertedNetwork {
  if (kind === 'tflite') return convertTflite(bytes, scale)
  const { tflite, layers } = readArchive(bytes)
  return tflite ? convertTflite(tflite, scale) : convertLayersModel(layers, scale)
}
