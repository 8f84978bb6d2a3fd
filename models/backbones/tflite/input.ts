import { BackboneError } from '../network.ts'
import { InputDescription } from '../registry.ts'
import { LARGEST_PIXEL, type PixelScale, PLUS_MINUS_ONE } from '../scale-pixels.ts'
import { readNormalization } from './metadata.ts'
import type { TfliteModel } from './read-model.ts'

/** Width and height of the picture, and the tensor that takes it. */
type PictureInput = PixelScale & { tensor: number; width: number; height: number }

/** What is taken off a pixel to be stored. */
const STORED_FROM: Record<string, number> = { uint8: 0, int8: 128 }

const describedScale = ({ metadata }: TfliteModel): PixelScale | null => metadata && readNormalization(metadata)

/** @param scale for a network that takes floats. Throws BackboneError where the file does not take one picture of three channels */
export function readInput(model: TfliteModel, scale?: PixelScale): PictureInput {
  const [tensor, ...others] = model.inputs
  if (tensor === undefined || others.length > 0)
    throw new BackboneError(`Expected a network that takes one picture, received ${model.inputs.length} inputs`)
  const { shape, type, quantization } = model.tensor(tensor)
  const [batch, height = 0, width = 0, channels] = shape
  const { success } = InputDescription.safeParse({ width, height })
  if (shape.length !== 4 || batch !== 1 || channels !== 3 || !success)
    throw new BackboneError(
      `Expected pictures of 16 to 1024 pixels, [1, height, width, 3], received the shape [${shape}]`,
    )
  const size = { tensor, width, height }
  if (type === 'float32') return { ...size, ...(scale ?? describedScale(model) ?? PLUS_MINUS_ONE) }
  const from = STORED_FROM[type]
  const [step] = quantization?.scale ?? []
  if (from === undefined || !step)
    throw new BackboneError(`Expected a network that takes float32, or uint8 or int8 with a scale, received ${type}`)
  const zero = (quantization?.zeroPoint[0] ?? 0) + from
  const three = (value: number): number[] => [value, value, value]
  return { ...size, mean: three(zero / LARGEST_PIXEL), deviation: three(1 / (LARGEST_PIXEL * step)) }
}
