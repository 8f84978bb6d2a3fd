import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TfjsGraph } from './tfjs.ts'

const require = createRequire(import.meta.url)

/**
 * A network of the package nsfwjs, a development dependency: CommonJS modules, one with the graph, some with the weights in base64.
 * Throws where the package is not installed.
 */
export function readNsfwjs(folder: string, shards: number): TfjsGraph {
  // Not among the package's exports, hence by path from its main file, dist/cjs/index.js.
  const at = join(dirname(require.resolve('nsfwjs')), '../models', folder)
  const parts = Array.from({ length: shards }, (_, i) => require(join(at, `group1-shard${i + 1}of${shards}.min.js`)))
  return {
    model: require(join(at, 'model.min.js')),
    weights: Buffer.concat(parts.map((base64: string) => Buffer.from(base64, 'base64'))),
  }
}
