// The part of TFLite's schema (version 3) that image classifiers use: numbers of fields, types and operations.
// https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs

/** Bytes 4 to 7 of every file. */
export const FILE_IDENTIFIER = 'TFL3'

export const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4, metadata: 6 } as const
export const METADATA = { name: 0, buffer: 1 } as const
export const OPERATOR_CODE = { deprecatedCode: 0, customCode: 1, code: 3 } as const
export const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 } as const
export const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3, quantization: 4, sparsity: 6 } as const
export const QUANTIZATION = { scale: 2, zeroPoint: 3, detailsType: 4, axis: 6 } as const
export const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4 } as const
export const BUFFER = { data: 0 } as const

export const CONVOLUTION = { padding: 0, strideX: 1, strideY: 2, activation: 3, dilationX: 4, dilationY: 5 } as const
/** The multiplier follows from the shapes, and is not read. */
export const DEPTHWISE = { padding: 0, strideX: 1, strideY: 2, activation: 4, dilationX: 5, dilationY: 6 } as const
export const POOLING = { padding: 0, strideX: 1, strideY: 2, width: 3, height: 4, activation: 5 } as const
export const ELEMENTWISE = { activation: 0 } as const
export const DENSE = { activation: 0, weightsFormat: 1 } as const
export const CONCATENATION = { axis: 0, activation: 1 } as const
export const REDUCTION = { keepDimensions: 0 } as const

/** `Padding`. */
export const PADDING_SAME = 0

/** `ActivationFunctionType`, by number. */
export const ACTIVATIONS = ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6', 'TANH', 'SIGN_BIT'] as const
export type Activation = (typeof ACTIVATIONS)[number]

/** `TensorType`: those of the values and weights of classifiers, and those that are named when they are refused. */
export const TENSOR_TYPES: Record<number, string> = {
  0: 'float32',
  1: 'float16',
  2: 'int32',
  3: 'uint8',
  4: 'int64',
  5: 'string',
  6: 'bool',
  7: 'int16',
  9: 'int8',
  10: 'float64',
  17: 'int4',
}

/** `BuiltinOperator`. */
export const OPERATIONS: Record<number, string> = {
  0: 'ADD',
  1: 'AVERAGE_POOL_2D',
  2: 'CONCATENATION',
  3: 'CONV_2D',
  4: 'DEPTHWISE_CONV_2D',
  6: 'DEQUANTIZE',
  9: 'FULLY_CONNECTED',
  14: 'LOGISTIC',
  17: 'MAX_POOL_2D',
  18: 'MUL',
  19: 'RELU',
  21: 'RELU6',
  22: 'RESHAPE',
  25: 'SOFTMAX',
  32: 'CUSTOM',
  34: 'PAD',
  40: 'MEAN',
  41: 'SUB',
  43: 'SQUEEZE',
  114: 'QUANTIZE',
  117: 'HARD_SWISH',
}
