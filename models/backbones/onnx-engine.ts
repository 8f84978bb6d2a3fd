import { InferenceSession, Tensor } from 'onnxruntime-node'
import { type Network, orBackboneError } from './network.ts'
import { toNetworkInput } from './pixels.ts'
import type { InputDescription } from './registry.ts'

const OPTIONS: InferenceSession.SessionOptions = {
  // Inference workers share out the cores: one thread each.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  // Without the arena each run's buffers go to malloc: 1,037 MB after 340 pictures on two threads, against 355.
  enableCpuMemArena: true,
  // Errors alone.
  logSeverityLevel: 3,
}

/**
 * Opens an ONNX model, given as a file or its bytes. Throws BackboneError, at once or from `run`.
 * @param inputs what each of its inputs takes, in their order
 */
export async function openOnnx(source: string | Uint8Array, ...inputs: InputDescription[]): Promise<Network> {
  const name = typeof source === 'string' ? source : 'the network'
  const session = await orBackboneError(
    name,
    typeof source === 'string' ? InferenceSession.create(source, OPTIONS) : InferenceSession.create(source, OPTIONS),
  )
  return {
    firstOutput: session.outputNames[0]!,
    async run(pixels, outputs) {
      const all = [pixels].flat()
      const feeds = Object.fromEntries(inputs.map((input, i) => [session.inputNames[i]!, toTensor(all[i]!, input)]))
      const tensors = await orBackboneError(name, session.run(feeds, outputs))
      return Object.fromEntries(
        Object.entries(tensors).map(([key, { data, dims }]) => [
          key,
          { data: Float32Array.from(data as ArrayLike<number>), dims },
        ]),
      )
    },
  }
}

function toTensor(pixels: Uint8Array, input: InputDescription): Tensor {
  const { data, dims } = toNetworkInput(pixels, input)
  return data instanceof Uint8Array ? new Tensor('uint8', data, dims) : new Tensor('float32', data, dims)
}
