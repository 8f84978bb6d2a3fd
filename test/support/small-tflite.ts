// Networks of TFLite as small as image classifiers can be, with weights at random.
import { seededRandom } from '../../models/random.ts'
import type { TestGraph, TestOperator, TestOptions, TestTensor } from './tflite-file.ts'

/** How weights are stored: 8 bits with a scale for each output channel or for all, or floats. */
export type Stored = 'channel' | 'tensor' | 'float32' | 'float16'

type Layer = { op: TestOperator['op']; inputs: number[]; shape: number[]; options?: TestOptions }

/** Builds a graph from its input on. Numbers are those of tensors. */
export class GraphOf {
  readonly tensors: TestTensor[] = []
  readonly operators: TestOperator[] = []
  private readonly random: () => number
  private readonly stored: Stored

  constructor(stored: Stored, seed = 7) {
    this.stored = stored
    this.random = seededRandom(seed)
  }

  tensor(tensor: TestTensor): number {
    return this.tensors.push(tensor) - 1
  }

  /** Pixels, in 8 bits where the weights are. */
  picture(side: number, channels = 3): number {
    const shape = [1, side, side, channels]
    if (this.stored === 'float32' || this.stored === 'float16') return this.tensor({ shape, type: 'float32' })
    return this.tensor({ shape, type: 'uint8', scale: [1 / 128], zeroPoint: [128] })
  }

  /** Weights of both signs. @param axis of the output channels @param spread their largest value, about */
  weights(shape: number[], axis: number, spread: number): number {
    const count = shape.reduce((a, b) => a * b, 1)
    const signed = (): number => 2 * this.random() - 1
    const { stored } = this
    if (stored === 'float32' || stored === 'float16') {
      const constant = this.tensor({
        shape,
        type: stored,
        values: Array.from({ length: count }, () => spread * signed()),
      })
      if (stored === 'float32') return constant
      return this.layer({ op: 'DEQUANTIZE', inputs: [constant], shape })
    }
    const scales = stored === 'channel' ? shape[axis]! : 1
    const scale = Array.from({ length: scales }, () => ((0.5 + this.random()) * spread) / 127)
    if (stored === 'channel') {
      const values = Array.from({ length: count }, () => Math.round(127 * signed()))
      return this.tensor({ shape, type: 'int8', values, scale, axis })
    }
    const values = Array.from({ length: count }, () => Math.floor(256 * this.random()))
    return this.tensor({ shape, type: 'uint8', values, scale, zeroPoint: [121], axis })
  }

  bias(count: number): number {
    if (this.stored === 'float32' || this.stored === 'float16')
      return this.tensor({
        shape: [count],
        type: 'float32',
        values: Array.from({ length: count }, () => this.random() - 0.5),
      })
    const scale = Array.from({ length: this.stored === 'channel' ? count : 1 }, () => 1e-4 * (1 + this.random()))
    const values = Array.from({ length: count }, () => Math.round(4000 * (this.random() - 0.5)))
    return this.tensor({ shape: [count], type: 'int32', values, scale })
  }

  integers(values: number[], shape = [values.length]): number {
    return this.tensor({ shape, type: 'int32', values })
  }

  layer({ op, inputs, shape, options = {} }: Layer): number {
    const output = this.tensor({ shape, type: 'float32' })
    this.operators.push({ op, inputs, output, options })
    return output
  }

  /** @param kernel its side @param shape of the output */
  convolution(from: number, kernel: number, shape: number[], options: TestOptions = {}): number {
    const inner = this.tensors[from]!.shape[3]!
    const out = shape[3]!
    const weights = this.weights([out, kernel, kernel, inner], 0, 1 / Math.sqrt(kernel * kernel * inner))
    return this.layer({ op: 'CONV_2D', inputs: [from, weights, this.bias(out)], shape, options })
  }

  depthwise(from: number, kernel: number, shape: number[], options: TestOptions = {}): number {
    const weights = this.weights([1, kernel, kernel, shape[3]!], 3, 1 / kernel)
    const multiplier = shape[3]! / this.tensors[from]!.shape[3]!
    const inputs = [from, weights, this.bias(shape[3]!)]
    return this.layer({ op: 'DEPTHWISE_CONV_2D', inputs, shape, options: { ...options, multiplier } })
  }

  mean(from: number, keep = true): number {
    const channels = this.tensors[from]!.shape[3]!
    const shape = keep ? [1, 1, 1, channels] : [1, channels]
    return this.layer({ op: 'MEAN', inputs: [from, this.integers([1, 2])], shape, options: { keep } })
  }

  dense(from: number, out: number, options: TestOptions = {}): number {
    const inner = this.tensors[from]!.shape.reduce((a, b) => a * b, 1)
    const weights = this.weights([out, inner], 0, 1 / Math.sqrt(inner))
    return this.layer({ op: 'FULLY_CONNECTED', inputs: [from, weights, this.bias(out)], shape: [1, out], options })
  }

  end(input: number, output: number): TestGraph {
    return { tensors: this.tensors, operators: this.operators, input, output }
  }
}

/** The blocks of MobileNet V2 in small: 20 pixels, 12 features. @returns the graph, and the tensor whose mean the features are */
export function smallMobileNet(stored: Stored): { graph: TestGraph; features: number } {
  const g = new GraphOf(stored)
  const picture = g.picture(20)
  const same: TestOptions = { same: true, activation: 'RELU6' }
  const first = g.convolution(picture, 3, [1, 10, 10, 6], { ...same, strides: [2, 2] })
  const wide = g.depthwise(first, 3, [1, 10, 10, 6], same)
  const narrow = g.convolution(wide, 1, [1, 10, 10, 6])
  const sum = g.layer({ op: 'ADD', inputs: [first, narrow], shape: [1, 10, 10, 6] })
  const half = g.depthwise(sum, 3, [1, 5, 5, 6], { ...same, strides: [2, 2] })
  const features = g.convolution(half, 1, [1, 5, 5, 12], same)
  const classes = g.convolution(g.mean(features), 1, [1, 1, 1, 7])
  const flat = g.layer({ op: 'RESHAPE', inputs: [classes, g.integers([1, 7])], shape: [1, 7] })
  return { graph: g.end(picture, g.layer({ op: 'SOFTMAX', inputs: [flat], shape: [1, 7] })), features }
}
