import { LARGEST_PIXEL, type PixelScale } from '../scale-pixels.ts'
import { FlatTable } from './flatbuffer.ts'

// The part of TFLite's metadata (a flatbuffer inside of the file) that says how pixels become numbers.
// https://github.com/tensorflow/tflite-support/blob/master/tensorflow_lite_support/metadata/metadata_schema.fbs
const MODEL_METADATA = { graphs: 3 } as const
const GRAPH_METADATA = { inputs: 2 } as const
const TENSOR_METADATA = { processing: 4 } as const
const PROCESSING = { type: 0, options: 1 } as const
const NORMALIZATION = { mean: 0, deviation: 1 } as const
/** `ProcessUnitOptions`. */
const NORMALIZATION_TYPE = 1
const COLOURS = 3

/** The name of the metadata among those of a file. */
export const METADATA_NAME = 'TFLITE_METADATA'

/**
 * (pixel - mean) / deviation of the only input, as `PixelScale`. @param bytes of the metadata
 * @returns null where it does not say. Throws BackboneError where the metadata lead outside of themselves
 */
export function readNormalization(bytes: Uint8Array): PixelScale | null {
  const [graph] = FlatTable.root(bytes).tables(MODEL_METADATA.graphs)
  const [input] = graph?.tables(GRAPH_METADATA.inputs) ?? []
  const unit = input?.tables(TENSOR_METADATA.processing).find((u) => u.byte(PROCESSING.type) === NORMALIZATION_TYPE)
  const options = unit?.table(PROCESSING.options)
  const mean = forColours(options?.floats(NORMALIZATION.mean))
  const deviation = forColours(options?.floats(NORMALIZATION.deviation))
  if (!mean || !deviation?.every((d) => d > 0)) return null
  return { mean, deviation }
}

/** One value is for all three. */
function forColours(values: number[] = []): number[] | null {
  const [first] = values
  if (first === undefined || !values.every(Number.isFinite)) return null
  const three = values.length === 1 ? Array<number>(COLOURS).fill(first) : values
  return three.length === COLOURS ? three.map((v) => v / LARGEST_PIXEL) : null
}
