import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Backbone, InputDescription } from './registry.ts'

/** The file is missing, damaged, no network, or takes something else than its description says. */
export class BackboneError extends Error {
  override name = 'BackboneError'
}

/** A network in this thread. One a thread, made once: `run` blocks its thread, and sessions leak when remade. */
type Network = {
  /** Output that is taken where the backbone names none. */
  firstOutput: string
  /** @param pixels RGB, 8 bits, height x width x 3 of `backbone.input` @returns the outputs by name */
  run(pixels: Uint8Array, outputs: string[]): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>
}

/** Throws BackboneError, at once or from `run`. @param source a file or its bytes */
export async function openNetwork(source: string | Uint8Array, input: InputDescription): Promise<Network> {
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
  const { width, height, layout } = input
  const dims = layout === 'nhwc' ? [1, height, width, 3] : [1, 3, height, width]
  if (input.type === 'uint8' && layout === 'nhwc' && input.order === 'rgb') return new Tensor('uint8', pixels, dims)
  const area = width * height
  const data = input.type === 'uint8' ? new Uint8Array(area * 3) : new Float32Array(area * 3)
  for (let c = 0; c < 3; c++) {
    const from = input.order === 'rgb' ? c : 2 - c
    const [scale, shift] =
      input.type === 'uint8' ? [1, 0] : [1 / 255 / input.deviation[c]!, -input.mean[c]! / input.deviation[c]!]
    const [start, step] = layout === 'nchw' ? [c * area, 1] : [c, 3]
    for (let i = 0; i < area; i++) data[start + i * step] = pixels[i * 3 + from]! * scale + shift
  }
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
