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
