import { ELEMENT_TYPE, type OnnxAttribute, type OnnxNode, type OnnxTensor, type OnnxValueInfo } from './model.ts'

/** Plain numbers are integers; floats say that they are. */
export type AttributeValue =
  | number
  | string
  | number[]
  | { float: number }
  | { floats: number[] }
  | { strings: string[] }

/** `AttributeProto.AttributeType`. */
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const

/** An operation with one output, which gives the node its name. */
export function makeNode(
  opType: string,
  input: string[],
  output: string,
  attributes: Record<string, AttributeValue> = {},
): OnnxNode {
  return { opType, input, output: [output], name: output, attribute: Object.entries(attributes).map(toAttribute) }
}

function toAttribute([name, value]: [string, AttributeValue]): OnnxAttribute {
  if (typeof value === 'number') return { name, type: ATTRIBUTE_TYPE.int, i: value }
  if (typeof value === 'string') return { name, type: ATTRIBUTE_TYPE.string, s: Buffer.from(value) }
  if (Array.isArray(value)) return { name, type: ATTRIBUTE_TYPE.ints, ints: value }
  if ('floats' in value) return { name, type: ATTRIBUTE_TYPE.floats, floats: value.floats }
  if ('strings' in value)
    return { name, type: ATTRIBUTE_TYPE.strings, strings: value.strings.map((s) => Buffer.from(s)) }
  return { name, type: ATTRIBUTE_TYPE.float, f: value.float }
}

/** A constant of 32-bit floats in row-major order. */
export function floatTensor(name: string, dims: number[], values: Float32Array | number[]): OnnxTensor {
  const data = Float32Array.from(values)
  return { name, dims, dataType: ELEMENT_TYPE.float32, rawData: new Uint8Array(data.buffer) }
}

/** A constant vector of 64-bit integers. */
export function integerTensor(name: string, values: number[]): OnnxTensor {
  const data = BigInt64Array.from(values, BigInt)
  return { name, dims: [values.length], dataType: ELEMENT_TYPE.int64, rawData: new Uint8Array(data.buffer) }
}

/** An input or output of a graph. @param elemType of `ELEMENT_TYPE` @param dims a string names a dimension of any size */
export function valueInfo(name: string, elemType: number, dims: (number | string)[]): OnnxValueInfo {
  const dim = dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }))
  return { name, type: { tensorType: { elemType, shape: { dim } } } }
}
