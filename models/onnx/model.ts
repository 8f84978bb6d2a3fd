// The part of ONNX's data model (onnx.proto, IR version 8) that graphs of networks use.

/** `TensorProto.DataType`. */
export const ELEMENT_TYPE = { float32: 1, uint8: 2, int64: 7 } as const

/** A constant. `rawData`: its values in row-major order, little endian. */
export type OnnxTensor = { name: string; dims: number[]; dataType: number; rawData: Uint8Array }

/** `type`: `AttributeProto.AttributeType`, says which of the fields holds the value. */
export type OnnxAttribute = {
  name: string
  type: number
  i?: number
  f?: number
  s?: Uint8Array
  ints?: number[]
  floats?: number[]
  strings?: Uint8Array[]
}

/** An operation; `input` and `output` are names of tensors. */
export type OnnxNode = {
  opType: string
  domain?: string
  input: string[]
  output: string[]
  name: string
  attribute: OnnxAttribute[]
}

/** Name, element type and shape of an input or output of a graph; `dimParam` names a dimension of any size, and without a shape the runtime infers it. */
export type OnnxValueInfo = {
  name: string
  type: { tensorType: { elemType: number; shape?: { dim: { dimValue?: number; dimParam?: string }[] } } }
}

/** Nodes stand after those whose outputs they take. */
type OnnxGraph = {
  name: string
  node: OnnxNode[]
  initializer: OnnxTensor[]
  input: OnnxValueInfo[]
  output: OnnxValueInfo[]
}

export type OnnxModel = {
  irVersion: number
  producerName: string
  opsetImport: { domain: string; version: number }[]
  graph: OnnxGraph
  metadataProps?: { key: string; value: string }[]
}
