import protobuf from 'protobufjs'

/**
 * The part of ONNX's protobuf schema (onnx.proto, IR version 8) that graphs of networks use, as name: [id, type].
 * A type in brackets is repeated; `bytes` in place of a message passes it on unread. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const SCHEMA: Record<string, Record<string, [number, string]>> = {
  ModelProto: {
    irVersion: [1, 'int64'],
    producerName: [2, 'string'],
    producerVersion: [3, 'string'],
    domain: [4, 'string'],
    modelVersion: [5, 'int64'],
    docString: [6, 'string'],
    graph: [7, 'GraphProto'],
    opsetImport: [8, '[OperatorSetIdProto]'],
    metadataProps: [14, '[StringStringEntryProto]'],
    trainingInfo: [20, '[bytes]'],
    functions: [25, '[bytes]'],
  },
  OperatorSetIdProto: { domain: [1, 'string'], version: [2, 'int64'] },
  StringStringEntryProto: { key: [1, 'string'], value: [2, 'string'] },
  GraphProto: {
    node: [1, '[NodeProto]'],
    name: [2, 'string'],
    initializer: [5, '[TensorProto]'],
    docString: [10, 'string'],
    input: [11, '[ValueInfoProto]'],
    output: [12, '[ValueInfoProto]'],
    valueInfo: [13, '[ValueInfoProto]'],
    quantizationAnnotation: [14, '[bytes]'],
    sparseInitializer: [15, '[bytes]'],
  },
  NodeProto: {
    input: [1, '[string]'],
    output: [2, '[string]'],
    name: [3, 'string'],
    opType: [4, 'string'],
    attribute: [5, '[AttributeProto]'],
    docString: [6, 'string'],
    domain: [7, 'string'],
    overload: [8, 'string'],
  },
  AttributeProto: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int64'],
    s: [4, 'bytes'],
    t: [5, 'TensorProto'],
    g: [6, 'GraphProto'],
    floats: [7, '[float]'],
    ints: [8, '[int64]'],
    strings: [9, '[bytes]'],
    tensors: [10, '[TensorProto]'],
    graphs: [11, '[GraphProto]'],
    docString: [13, 'string'],
    sparseTensor: [22, 'bytes'],
    typeProto: [14, 'bytes'],
    refAttrName: [21, 'string'],
    type: [20, 'int32'],
  },
  TensorProto: {
    dims: [1, '[int64]'],
    dataType: [2, 'int32'],
    floatData: [4, '[float]'],
    int32Data: [5, '[int32]'],
    stringData: [6, '[bytes]'],
    int64Data: [7, '[int64]'],
    name: [8, 'string'],
    rawData: [9, 'bytes'],
    doubleData: [10, '[double]'],
    uint64Data: [11, '[uint64]'],
    docString: [12, 'string'],
    externalData: [13, '[StringStringEntryProto]'],
    dataLocation: [14, 'int32'],
  },
  ValueInfoProto: { name: [1, 'string'], type: [2, 'TypeProto'], docString: [3, 'string'] },
  TypeProto: { tensorType: [1, 'TensorTypeProto'] },
  TensorTypeProto: { elemType: [1, 'int32'], shape: [2, 'TensorShapeProto'] },
  TensorShapeProto: { dim: [1, '[DimensionProto]'] },
  DimensionProto: { dimValue: [1, 'int64'], dimParam: [2, 'string'] },
}

export const ELEMENT = { float32: 1, uint8: 2, int64: 7 } as const

export type Tensor = { name: string; dims: number[]; dataType: number; rawData: Uint8Array }
type Attribute = { name: string; type: number } & {
  i?: number
  f?: number
  s?: Uint8Array
  ints?: number[]
  floats?: number[]
  strings?: Uint8Array[]
}
export type Node = {
  opType: string
  domain?: string
  input: string[]
  output: string[]
  name: string
  attribute: Attribute[]
}
type ValueInfo = {
  name: string
  type: { tensorType: { elemType: number; shape: { dim: { dimValue?: number; dimParam?: string }[] } } }
}
type Graph = { name: string; node: Node[]; initializer: Tensor[]; input: ValueInfo[]; output: ValueInfo[] }
export type Model = {
  irVersion: number
  producerName: string
  opsetImport: { domain: string; version: number }[]
  graph: Graph
  metadataProps?: { key: string; value: string }[]
}

function modelType(): protobuf.Type {
  const nested = Object.fromEntries(
    Object.entries(SCHEMA).map(([message, fields]) => [
      message,
      {
        fields: Object.fromEntries(
          Object.entries(fields).map(([name, [id, type]]) => [
            name,
            type.startsWith('[') ? { id, type: type.slice(1, -1), rule: 'repeated' } : { id, type },
          ]),
        ),
      },
    ]),
  )
  return protobuf.Root.fromJSON({ nested }).lookupType('ModelProto')
}

/** Throws where the bytes are no ONNX model. */
export const decodeModel = (bytes: Uint8Array): Model => modelType().decode(bytes) as unknown as Model

export const encodeModel = (model: Model): Uint8Array => {
  const type = modelType()
  return type.encode(type.fromObject(model)).finish()
}

type AttributeValue = number | string | number[] | { float: number } | { floats: number[] } | { strings: string[] }

/** One node; the output's name is the node's. Numbers are integer attributes, the others say what they are. */
export function node(
  opType: string,
  input: string[],
  output: string,
  attributes: Record<string, AttributeValue> = {},
): Node {
  return { opType, input, output: [output], name: output, attribute: Object.entries(attributes).map(attribute) }
}

function attribute([name, value]: [string, AttributeValue]): Attribute {
  if (typeof value === 'number') return { name, type: 2, i: value }
  if (typeof value === 'string') return { name, type: 3, s: Buffer.from(value) }
  if (Array.isArray(value)) return { name, type: 7, ints: value }
  if ('floats' in value) return { name, type: 6, floats: value.floats }
  if ('strings' in value) return { name, type: 8, strings: value.strings.map((s) => Buffer.from(s)) }
  return { name, type: 1, f: value.float }
}

export function floats(name: string, dims: number[], values: Float32Array | number[]): Tensor {
  const data = Float32Array.from(values)
  return { name, dims, dataType: ELEMENT.float32, rawData: new Uint8Array(data.buffer) }
}

export function value(name: string, elemType: number, dims: (number | string)[]): ValueInfo {
  const dim = dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }))
  return { name, type: { tensorType: { elemType, shape: { dim } } } }
}

function integers(name: string, values: number[]): Tensor {
  const data = BigInt64Array.from(values, BigInt)
  return { name, dims: [values.length], dataType: ELEMENT.int64, rawData: new Uint8Array(data.buffer) }
}

const CLASSICAL = 'ai.onnx.ml'

/** Puts operations behind a graph, with names that no other has. Operations are those of opset 9 and all after it. */
export class GraphBuilder {
  private readonly model: Model
  private next = 0

  constructor(model: Model) {
    this.model = model
  }

  /** @returns the name of its output */
  add(opType: string, input: string[], attributes: Record<string, AttributeValue> = {}, name = this.name()): string {
    this.model.graph.node.push(node(opType, input, name, attributes))
    return name
  }

  /** An operation of classical machine learning, of its own set. @returns the name of its output */
  addClassical(opType: string, input: string[], attributes: Record<string, AttributeValue>): string {
    const name = this.name()
    this.model.graph.node.push({ ...node(opType, input, name, attributes), domain: CLASSICAL })
    const { opsetImport } = this.model
    if (!opsetImport.some((o) => o.domain === CLASSICAL)) opsetImport.push({ domain: CLASSICAL, version: 1 })
    return name
  }

  constant(dims: number[], values: Float32Array | number[]): string {
    const name = this.name()
    this.model.graph.initializer.push(floats(name, dims, values))
    return name
  }

  /** Another shape; 0 keeps a dimension, -1 takes what is left. */
  reshape(input: string, shape: number[]): string {
    const name = this.name()
    this.model.graph.initializer.push(integers(name, shape))
    return this.add('Reshape', [input, name])
  }

  private name(): string {
    return `mekiki_${this.next++}`
  }
}
