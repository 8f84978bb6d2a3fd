import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { BackboneError } from '../../../models/backbones/network.ts'
import type { InputDescription } from '../../../models/backbones/registry.ts'
import { convertTflite } from '../../../models/backbones/tflite/convert.ts'
import { UserError } from '../../errors.ts'
import { type PixelScale, readPixelScale } from './network-description.ts'

/** `settings`: what of the description the conversion depends on. */
type ConvertedFile = { onnx: Uint8Array; input: InputDescription; settings: PixelScale }

/** Larger files are no image classifiers; ONNX ends at 2 GiB. */
const MAX_BYTES = 2 ** 29
const EXTENSIONS = ['.tflite']

/** Whether a file of this name is converted, so that it needs no description. */
export const mayBeConverted = (path: string): boolean => EXTENSIONS.includes(extname(path).toLowerCase())

/**
 * Converts a network to ONNX. @param description a JSON file that says how pixels become the numbers that it takes; it must be there where it
 * is required @returns null for a file that is not converted. Throws UserError backbone.unusable, .no-description
 */
export async function convertFile(
  file: string,
  { description, isRequired }: { description: string; isRequired: boolean } = { description: '', isRequired: false },
): Promise<ConvertedFile | null> {
  if (!mayBeConverted(file)) return null
  const settings = isRequired || existsSync(description) ? await readPixelScale(description) : {}
  const { size } = await stat(file)
  if (size > MAX_BYTES)
    throw new UserError('backbone.unusable', `Expected at most ${MAX_BYTES} bytes in ${file}, received ${size}`)
  try {
    const { order = 'rgb', mean, deviation } = settings
    const { onnx, input } = convertTflite(await readFile(file), mean && deviation && { mean, deviation })
    return { onnx, input: { ...input, order }, settings }
  } catch (error) {
    if (!(error instanceof BackboneError)) throw error
    throw new UserError('backbone.unusable', `${error.message} (${file})`, {}, { cause: error })
  }
}
