import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { isLayersModel } from '../../../models/backbones/layers/read-layers.ts'
import { BackboneError } from '../../../models/backbones/network.ts'
import type { TfjsModel } from '../../../models/backbones/tfjs-weights.ts'
import { errorCode } from '../../errors.ts'

const Manifest = z.object({ weightsManifest: z.array(z.object({ paths: z.array(z.string()) })) })

/**
 * A layers model of TensorFlow.js with its weights. @param file model.json, the weights beside it
 * @returns null for JSON of another kind. Throws BackboneError
 */
export async function readLayersFile(file: string): Promise<TfjsModel | null> {
  const model = parseJson(await readFile(file, 'utf8'))
  if (!isLayersModel(model)) return null
  const shards = shardPaths(model).map((path) => readFile(join(dirname(file), path)))
  const parts = await Promise.all(shards).catch((error) => {
    if (errorCode(error) !== 'ENOENT') throw error
    throw new BackboneError(`Expected the weights beside model.json: ${error}`, { cause: error })
  })
  return { model, weights: Buffer.concat(parts) }
}

/** Throws BackboneError */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BackboneError(`Expected JSON: ${error}`, { cause: error })
  }
}

/** Files of weights, from the folder of model.json and inside of it. Throws BackboneError */
export function shardPaths(model: unknown): string[] {
  const { data } = Manifest.safeParse(model)
  if (!data) throw new BackboneError('Expected the files of weights in model.json (weightsManifest)')
  const paths = data.weightsManifest.flatMap((group) => group.paths)
  const outside = paths.find((path) => /^([/\\]|[a-z]:)|(^|[/\\])\.\.([/\\]|$)/i.test(path))
  if (outside !== undefined) throw new BackboneError(`Expected weights beside model.json, received ${outside}`)
  return paths.map((path) => path.replace(/^\.\//, ''))
}
