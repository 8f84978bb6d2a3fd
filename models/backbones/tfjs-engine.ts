import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { toNumbers } from './pixels.ts'
import type { InputDescription } from './registry.ts'
import type { Network } from './session.ts'

type TfTensor = {
  shape: number[]
  data(): Promise<ArrayLike<number>>
  dispose(): void
}
type GraphModel = {
  outputs: { name: string }[]
  execute(input: TfTensor, outputs: string[]): TfTensor[] | TfTensor
}
/** What is used of TensorFlow.js: the same of tfjs-node, and of its parts in plain JavaScript and WebAssembly. */
export type Tensorflow = {
  io: { fromMemory(artifacts: object): object }
  loadGraphModel(from: object): Promise<GraphModel>
  transpose(tensor: TfTensor, order: number[]): TfTensor
  tensor(values: Float32Array | Uint8Array, shape: number[], type: 'float32' | 'int32'): TfTensor
}

const require = createRequire(import.meta.url)

/** TensorFlow.js on its native library, where the owner has installed it. Throws where not. */
export async function loadTensorflow(): Promise<Tensorflow> {
  // 4.22 calls two functions that Node 23 removed.
  const util = require('node:util') as Record<string, unknown>
  util.isNullOrUndefined ??= (v: unknown) => v === null || v === undefined
  util.isArray ??= Array.isArray
  const name = '@tensorflow/tfjs-node'
  return ((await import(name)) as { default: Tensorflow }).default
}

/** A graph model of TensorFlow.js, `model.json` with its shards beside it. Outputs are [N, d] or [N, d, h, w]. */
export async function openTfjs(tf: Tensorflow, file: string, input: InputDescription): Promise<Network> {
  const model = await tf.loadGraphModel(tf.io.fromMemory(await readModel(file)))
  return {
    firstOutput: model.outputs[0]!.name,
    async run(pixels, outputs) {
      const { data, dims } = toNumbers(pixels, input)
      const given = tf.tensor(data, dims, input.type === 'uint8' ? 'int32' : 'float32')
      const made = [model.execute(given, outputs)].flat()
      given.dispose()
      const entries = await Promise.all(
        made.map(async (tensor, i) => [outputs[i]!, await channelsFirst(tf, tensor)] as const),
      )
      return Object.fromEntries(entries)
    },
  }
}

async function readModel(file: string) {
  const { modelTopology, weightsManifest, signature } = JSON.parse(await readFile(file, 'utf8'))
  const manifest = weightsManifest as { paths: string[]; weights: object[] }[]
  const shards = await Promise.all(manifest.flatMap((m) => m.paths).map((path) => readFile(join(dirname(file), path))))
  const weightData = new Uint8Array(Buffer.concat(shards)).buffer
  return { modelTopology, signature, weightSpecs: manifest.flatMap((m) => m.weights), weightData }
}

/** TensorFlow has channels last. */
async function channelsFirst(tf: Tensorflow, tensor: TfTensor) {
  const moved = tensor.shape.length === 4 ? tf.transpose(tensor, [0, 3, 1, 2]) : tensor
  const result = { data: Float32Array.from(await moved.data()), dims: moved.shape }
  moved.dispose()
  if (moved !== tensor) tensor.dispose()
  return result
}
