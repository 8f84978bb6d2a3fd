import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TfjsModel } from './tfjs-weights.ts'

const require = createRequire(import.meta.url)

/**
 * Reads a network of the package nsfwjs, a development dependency: CommonJS modules, one with the model, some with its weights in base64.
 * Throws where the package is not installed.
 * @param folder of the network in the package @param shards files of weights
 */
export function readNsfwjs(folder: string, shards: number): TfjsModel {
  // Not among the package's exports, hence by path from its main file, dist/cjs/index.js.
  const at = join(dirname(require.resolve('nsfwjs')), '../models', folder)
  const parts = Array.from({ length: shards }, (_, i) => require(join(at, `group1-shard${i + 1}of${shards}.min.js`)))
  return {
    model: require(join(at, 'model.min.js')),
    weights: Buffer.concat(parts.map((base64: string) => Buffer.from(base64, 'base64'))),
  }
}
