// Writes TFLite files from a description, apart from what reads them in models/.
import { type Field, writeFlatbuffer } from './flatbuffer.ts'

/** `values`: as they are stored, for a constant. `scale`, `zeroPoint`: one, or one for each index of `axis`. */
export type TestTensor = {
  shape: number[]
  type: keyof typeof TYPES
  values?: number[]
  scale?: number[]
  zeroPoint?: number[]
  axis?: number
}
/** Pairs are [y, x]. */
export type TestOptions = {
  same?: boolean
  strides?: [number, number]
  dilations?: [number, number]
  window?: [number, number]
  activation?: keyof typeof ACTIVATION_NUMBERS
  axis?: number
  keep?: boolean
  multiplier?: number
}
export type TestOperator = {
  op: keyof typeof OPERATION_NUMBERS
  inputs: number[]
  output: number
  options?: TestOptions
}
export type TestGraph = { tensors: TestTensor[]; operators: TestOperator[]; input: number; output: number }

const TYPES = { float32: 0, float16: 1, int32: 2, uint8: 3, int16: 7, int8: 9 }
const ACTIVATION_NUMBERS = { NONE: 0, RELU: 1, RELU_N1_TO_1: 2, RELU6: 3 }
const OPERATION_NUMBERS = {
  ADD: 0,
  AVERAGE_POOL_2D: 1,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  DEQUANTIZE: 6,
  FULLY_CONNECTED: 9,
  LOGISTIC: 14,
  MAX_POOL_2D: 17,
  MUL: 18,
  RESHAPE: 22,
  RESIZE_BILINEAR: 23,
  SOFTMAX: 25,
  CUSTOM: 32,
  PAD: 34,
  MEAN: 40,
  SHAPE: 77,
  SUB: 41,
  QUANTIZE: 114,
  HARD_SWISH: 117,
}
const VERSION = 3

/** `custom`: name of operations that are CUSTOM. `metadata`: bytes of TFLITE_METADATA. */
type Extras = { custom?: string; metadata?: Uint8Array }

export function writeTflite(graph: TestGraph, { custom = 'own', metadata }: Extras = {}): Uint8Array<ArrayBuffer> {
  const { tensors, operators, input, output } = graph
  const ops = [...new Set(operators.map(({ op }) => op))]
  const buffers: Field[][] = [[]]
  const tensorTables = tensors.map((tensor, i): Field[] => {
    if (tensor.values) buffers.push([{ bytes: store(tensor) }])
    const buffer = tensor.values ? buffers.length - 1 : 0
    return [
      { ints: tensor.shape },
      { int: TYPES[tensor.type] },
      { int: buffer },
      { text: `t${i}` },
      { table: quantization(tensor) },
    ]
  })
  const codes = ops.map((op): Field[] => [
    { int: Math.min(OPERATION_NUMBERS[op], 127) },
    op === 'CUSTOM' ? { text: custom } : null,
    { int: 1 },
    { int: OPERATION_NUMBERS[op] },
  ])
  const operatorTables = operators.map((operator): Field[] => {
    const [type, options] = optionsOf(operator)
    return [
      { int: ops.indexOf(operator.op) },
      { ints: operator.inputs },
      { ints: [operator.output] },
      { int: type },
      { table: options },
    ]
  })
  if (metadata) buffers.push([{ bytes: metadata }])
  const subgraph: Field[] = [
    { tables: tensorTables },
    { ints: [input] },
    { ints: [output] },
    { tables: operatorTables },
    { text: 'main' },
  ]
  return writeFlatbuffer('TFL3', [
    { int: VERSION },
    { tables: codes },
    { tables: [subgraph] },
    { text: 'test' },
    { tables: buffers },
    null,
    metadata ? { tables: [[{ text: 'TFLITE_METADATA' }, { int: buffers.length - 1 }]] } : null,
  ])
}

function quantization({ scale, zeroPoint, axis = 0 }: TestTensor): Field[] {
  if (!scale) return []
  return [null, null, { floats: scale }, { longs: zeroPoint ?? scale.map(() => 0) }, { int: 0 }, null, { int: axis }]
}

function store({ type, values = [] }: TestTensor): Uint8Array {
  if (type === 'int8') return new Uint8Array(Int8Array.from(values).buffer)
  if (type === 'uint8') return Uint8Array.from(values)
  if (type === 'int32') return new Uint8Array(Int32Array.from(values).buffer)
  if (type === 'float16') return new Uint8Array(Uint16Array.from(values, halfOf).buffer)
  return new Uint8Array(Float32Array.from(values).buffer)
}

/** The bits of a half, for values that are normal numbers there. */
function halfOf(value: number): number {
  if (value === 0) return 0
  const exponent = Math.floor(Math.log2(Math.abs(value)))
  const fraction = Math.round((Math.abs(value) / 2 ** exponent - 1) * 1024)
  return (value < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + fraction
}

/** The number of `BuiltinOptions`, and its fields. */
function optionsOf({ op, options = {} }: TestOperator): [number, Field[]] {
  const { same = false, strides = [1, 1], dilations = [1, 1], window = [1, 1], activation = 'NONE' } = options
  const int = (value: number): Field => ({ int: value })
  const act = int(ACTIVATION_NUMBERS[activation])
  const steps = [int(same ? 0 : 1), int(strides[1]), int(strides[0])]
  const dilated = [int(dilations[1]), int(dilations[0])]
  switch (op) {
    case 'CONV_2D':
      return [1, [...steps, act, ...dilated]]
    case 'DEPTHWISE_CONV_2D':
      return [2, [...steps, int(options.multiplier ?? 1), act, ...dilated]]
    case 'AVERAGE_POOL_2D':
    case 'MAX_POOL_2D':
      return [5, [...steps, int(window[1]), int(window[0]), act]]
    case 'FULLY_CONNECTED':
      return [8, [act]]
    case 'SOFTMAX':
      return [9, [{ int: 0x3f800000 }]]
    case 'CONCATENATION':
      return [10, [int(options.axis ?? 0), act]]
    case 'ADD':
      return [11, [act]]
    case 'MUL':
      return [21, [act]]
    case 'MEAN':
      return [27, [int(options.keep ? 1 : 0)]]
    case 'SUB':
      return [28, [act]]
    case 'RESHAPE':
      return [17, []]
    default:
      return [0, []]
  }
}
