// Makes what is not committed: the SIMD kernels and the embedded backbone's weights. Run by `npm ci`.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { encodeModel } from './backbones/onnx.ts'
import { EMBEDDED, weightsFolder } from './backbones/registry.ts'
import { convert, type TfjsGraph } from './backbones/tfjs.ts'

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(import.meta.url)

/** nsfwjs ships each network as CommonJS modules: one with the graph, some with the weights in base64. */
function readNsfwjs(folder: string, shards: number): TfjsGraph {
  // Not among the package's exports, hence by path.
  const at = join(here, '../node_modules/nsfwjs/dist/models', folder)
  const parts = Array.from({ length: shards }, (_, i) => require(join(at, `group1-shard${i + 1}of${shards}.min.js`)))
  return {
    model: require(join(at, 'model.min.js')),
    weights: Buffer.concat(parts.map((base64: string) => Buffer.from(base64, 'base64'))),
  }
}

async function buildKernels(): Promise<void> {
  const { error, stderr } = await asc.main([
    join(here, 'kernels/assembly/index.ts'),
    ...['-o', join(here, 'kernels/kernels.wasm')],
    ...['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'],
  ])
  if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`, { cause: error })
}

function buildBackbone(): void {
  const file = EMBEDDED.file
  if (existsSync(file)) return
  mkdirSync(weightsFolder, { recursive: true })
  const model = convert(readNsfwjs('mobilenet_v2_mid', 2), '/expanded_conv_13/expand/Relu6', EMBEDDED.input.width)
  writeFileSync(file, encodeModel(model))
}

await buildKernels()
buildBackbone()
