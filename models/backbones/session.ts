import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Backbone, InputDescription } from './registry.ts'

/** Turns pictures into features. One a thread, made once: `run` blocks its thread, and sessions leak when remade. */
type Extractor = {
  /** @param pixels RGB, 8 bits, height x width x 3 of `backbone.input`. @returns d features. */
  extract(pixels: Uint8Array): Promise<Float32Array>
}

/** Throws onnxruntime's error where the file is missing, damaged or no network. */
export async function openExtractor(backbone: Backbone): Promise<Extractor> {
  const session = await InferenceSession.create(backbone.file, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    // Without the arena each run's buffers go to malloc: 1,037 MB after 340 pictures on two threads, against 360.
    enableCpuMemArena: true,
    logSeverityLevel: 3,
  })
  const inputName = session.inputNames[0]!
  const outputName = backbone.output ?? session.outputNames[0]!
  return {
    async extract(pixels) {
      const outputs = await session.run({ [inputName]: toTensor(pixels, backbone.input) }, [outputName])
      return averaged(outputs[outputName]!)
    },
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

/** [1, d] as it is, [1, d, h, w] averaged over the picture. */
function averaged(output: Tensor): Float32Array {
  const data = Float32Array.from(output.data as ArrayLike<number>)
  const channels = output.dims[1] ?? data.length
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
