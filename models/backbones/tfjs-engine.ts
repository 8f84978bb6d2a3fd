import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Network, Output } from './network.ts'
import { toNetworkInput } from './pixels.ts'
import type { InputDescription } from './registry.ts'

type TfTensor = {
  shape: number[]
  data(): Promise<ArrayLike<number>>
  dispose(): void
}
type GraphModel = {
  outputs: { name: string }[]
  execute(input: TfTensor, outputs: string[]): TfTensor[] | TfTensor
}
/** What is used of TensorFlow.js: the same in tfjs-node and in its packages for plain JavaScript and WebAssembly. */
export type Tensorflow = {
  io: { fromMemory(artifacts: object): object }
  loadGraphModel(from: object): Promise<GraphModel>
  transpose(tensor: TfTensor, order: number[]): TfTensor
  tensor(values: Float32Array | Uint8Array, shape: number[], type: 'float32' | 'int32'): TfTensor
}

const require = createRequire(import.meta.url)

/** TensorFlow.js on its native library. Throws where the operator has not installed it. */
export async function loadTensorflow(): Promise<Tensorflow> {
  // tfjs-node 4.22 calls two functions that Node 23 removed.
  const util = require('node:util') as Record<string, unknown>
  util.isNullOrUndefined ??= (v: unknown) => v === null || v === undefined
  util.isArray ??= Array.isArray
  const name = '@tensorflow/tfjs-node'
  return ((await import(name)) as { default: Tensorflow }).default
}

/** Opens a graph model of TensorFlow.js. Outputs are [N, d] or [N, d, h, w]. @param file `model.json`, its shards beside it */
export async function openTfjs(tf: Tensorflow, file: string, input: InputDescription): Promise<Network> {
  const model = await tf.loadGraphModel(tf.io.fromMemory(await readModel(file)))
  return {
    firstOutput: model.outputs[0]!.name,
    async run(pixels, outputs) {
      const { data, dims } = toNetworkInput([pixels].flat()[0]!, input)
      const picture = tf.tensor(data, dims, input.type === 'uint8' ? 'int32' : 'float32')
      const tensors = [model.execute(picture, outputs)].flat()
      picture.dispose()
      const entries = await Promise.all(
        tensors.map(async (tensor, i) => [outputs[i]!, await readChannelsFirst(tf, tensor)] as const),
      )
      return Object.fromEntries(entries)
    },
  }
}

async function readModel(file: string) {
  const { modelTopology, weightsManifest, signature } = JSON.parse(await readFile(file, 'utf8'))
  const manifest = weightsManifest as { paths: string[]; weights: object[] }[]
  const paths = manifest.flatMap((group) => group.paths)
  const shards = await Promise.all(paths.map((path) => readFile(join(dirname(file), path))))
  const weightData = new Uint8Array(Buffer.concat(shards)).buffer
  return { modelTopology, signature, weightSpecs: manifest.flatMap((group) => group.weights), weightData }
}

/** TensorFlow has channels last. Disposes of the tensor. */
async function readChannelsFirst(tf: Tensorflow, tensor: TfTensor): Promise<Output> {
  const moved = tensor.shape.length === 4 ? tf.transpose(tensor, [0, 3, 1, 2]) : tensor
  const output = { data: Float32Array.from(await moved.data()), dims: moved.shape }
  moved.dispose()
  if (moved !== tensor) tensor.dispose()
  return output
}
