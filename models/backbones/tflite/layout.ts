import type { Weight } from '../tfjs-weights.ts'
import type { Graph, Value } from './graph.ts'

/** Where each axis of [batch, height, width, channels] is in [batch, channels, height, width]. */
const CHANNELS_SECOND = [0, 2, 3, 1]
const RANK_OF_PICTURES = 4

/** Axes of TFLite as ONNX numbers them here. @param rank of the tensor */
export const axesOf = (axes: number[], rank: number): number[] =>
  rank === RANK_OF_PICTURES ? axes.map((axis) => CHANNELS_SECOND[axis] ?? axis) : axes

/** A tensor with its values in TFLite's order, so that it can be given another shape. @returns its name */
export function toChannelsLast({ builder }: Graph, { name, shape }: Value): string {
  const [, height, width] = shape
  // One pixel is the same in both orders.
  if (shape.length !== RANK_OF_PICTURES || (height === 1 && width === 1)) return name
  return builder.add('Transpose', [name], { perm: [0, 2, 3, 1] })
}

/** Gives a tensor in TFLite's order another shape of TFLite. @returns its name */
export function reshapeTo({ builder }: Graph, name: string, shape: number[]): string {
  const [, height = 1, width = 1, channels = 1] = shape
  if (shape.length !== RANK_OF_PICTURES) return builder.reshape(name, [0, ...shape.slice(1)])
  if (height === 1 && width === 1) return builder.reshape(name, [0, channels, 1, 1])
  return builder.add('Transpose', [builder.reshape(name, [0, height, width, channels])], { perm: [0, 3, 1, 2] })
}

/** A constant that is combined with a tensor of so many sides, with its channels where that has them. */
export function constantOf({ builder }: Graph, { shape, data }: Weight, rank: number): string {
  if (rank !== RANK_OF_PICTURES) return builder.constant(shape, data)
  const [batch = 1, height = 1, width = 1, channels = 1] = [...Array(rank - shape.length).fill(1), ...shape]
  const area = height * width
  const to = new Float32Array(data.length)
  for (let b = 0; b < batch; b++)
    for (let p = 0; p < area; p++)
      for (let c = 0; c < channels; c++) to[(b * channels + c) * area + p] = data[(b * area + p) * channels + c] ?? 0
  return builder.constant([batch, channels, height, width], to)
}
