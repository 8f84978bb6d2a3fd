import { InferenceSession, Tensor } from 'onnxruntime-node'
import { toNumbers } from './pixels.ts'
import type { Backbone, InputDescription } from './registry.ts'
import { loadTensorflow, openTfjs } from './tfjs-engine.ts'

/** The file is missing, damaged, no network, or takes something else than its description says. */
export class BackboneError extends Error {
  override name = 'BackboneError'
}

/** A network in this thread. One a thread, made once: `run` blocks its thread, and sessions leak when remade. */
export type Network = {
  /** Output that is taken where the backbone names none. */
  firstOutput: string
  /** @param pixels RGB, 8 bits, height x width x 3 of `backbone.input` @returns the outputs by name */
  run(pixels: Uint8Array, outputs: string[]): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>
}

/** Throws BackboneError, at once or from `run`. @param source a file or its bytes: ONNX, or `.json`: a graph model of tfjs */
export async function openNetwork(source: string | Uint8Array, input: InputDescription): Promise<Network> {
  if (typeof source === 'string' && source.endsWith('.json')) return openGraphModel(source, input)
  const name = typeof source === 'string' ? source : 'the network'
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Without the arena each run's buffers go to malloc: 1,037 MB after 340 pictures on two threads, against 355.
    enableCpuMemArena: true,
    logSeverityLevel: 3,
  }
  const create =
    typeof source === 'string' ? InferenceSession.create(source, options) : InferenceSession.create(source, options)
  const session = await orBackboneError(name, create)
  return {
    firstOutput: session.outputNames[0]!,
    async run(pixels, outputs) {
      const given = await orBackboneError(
        name,
        session.run({ [session.inputNames[0]!]: toTensor(pixels, input) }, outputs),
      )
      return Object.fromEntries(
        Object.entries(given).map(([key, { data, dims }]) => [
          key,
          { data: Float32Array.from(data as ArrayLike<number>), dims },
        ]),
      )
    },
  }
}

async function openGraphModel(file: string, input: InputDescription): Promise<Network> {
  const tf = await loadTensorflow().catch((error) => {
    throw new BackboneError(
      `Expected @tensorflow/tfjs-node to run ${file}: npm install @tensorflow/tfjs-node (${error})`,
    )
  })
  return orBackboneError(file, openTfjs(tf, file, input))
}

type Extractor = {
  /** d features, of [1, d] as they are, of [1, d, h, w] averaged over the picture. `rank` is 2 or 4. */
  extract(pixels: Uint8Array): Promise<{ features: Float32Array; rank: number }>
}

/** Turns pictures into features. Throws BackboneError, at once or from `extract`. */
export async function openExtractor({ file, input, output }: Backbone): Promise<Extractor> {
  const network = await openNetwork(file, input)
  const name = output ?? network.firstOutput
  return {
    async extract(pixels) {
      const { data, dims } = (await network.run(pixels, [name]))[name]!
      const channels = dims[1] ?? data.length
      return { features: averaged(data, channels), rank: dims.length }
    },
  }
}

async function orBackboneError<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new BackboneError(`Expected a network that runs at ${name}: ${error}`, { cause: error })
  }
}

function toTensor(pixels: Uint8Array, input: InputDescription): Tensor {
  const { data, dims } = toNumbers(pixels, input)
  return data instanceof Uint8Array ? new Tensor('uint8', data, dims) : new Tensor('float32', data, dims)
}

function averaged(data: Float32Array, channels: number): Float32Array {
  const area = data.length / channels
  if (area === 1) return data
  const mean = new Float32Array(channels)
  for (let c = 0; c < channels; c++) {
    let sum = 0
    for (let i = 0; i < area; i++) sum += data[c * area + i]!
    mean[c] = sum / area
  }
  return mean
}
