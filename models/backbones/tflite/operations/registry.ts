import type { Graph } from '../graph.ts'
import type { Operator } from '../read-model.ts'
import { convertConvolution, convertDepthwise } from './convolution.ts'
import { convertDense } from './dense.ts'
import {
  convertAddition,
  convertHardSwish,
  convertLogistic,
  convertMultiplication,
  convertRelu,
  convertRelu6,
  convertSoftmax,
  convertSubtraction,
} from './elementwise.ts'
import { convertAveragePooling, convertMaxPooling, convertMean } from './pooling.ts'
import { convertConcatenation, convertPad, convertQuantization, convertReshape } from './shape.ts'

/** How each operation of TFLite becomes operations of ONNX. Throw BackboneError where a setting is not known. */
export const OPERATION_CONVERTERS: Record<string, (graph: Graph, operator: Operator) => void> = {
  ADD: convertAddition,
  AVERAGE_POOL_2D: convertAveragePooling,
  CONCATENATION: convertConcatenation,
  CONV_2D: convertConvolution,
  DEPTHWISE_CONV_2D: convertDepthwise,
  DEQUANTIZE: convertQuantization,
  FULLY_CONNECTED: convertDense,
  HARD_SWISH: convertHardSwish,
  LOGISTIC: convertLogistic,
  MAX_POOL_2D: convertMaxPooling,
  MEAN: convertMean,
  MUL: convertMultiplication,
  PAD: convertPad,
  QUANTIZE: convertQuantization,
  RELU: convertRelu,
  RELU6: convertRelu6,
  RESHAPE: convertReshape,
  SOFTMAX: convertSoftmax,
  SQUEEZE: convertReshape,
  SUB: convertSubtraction,
}
