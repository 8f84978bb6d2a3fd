import protobuf from 'protobufjs'
import type { OnnxModel } from './model.ts'

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

let type: protobuf.Type | undefined

/** Made once: that takes some milliseconds. */
function modelType(): protobuf.Type {
  type ??= makeModelType()
  return type
}

function makeModelType(): protobuf.Type {
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
export const decodeModel = (bytes: Uint8Array): OnnxModel => modelType().decode(bytes) as unknown as OnnxModel

export const encodeModel = (model: OnnxModel): Uint8Array => {
  const type = modelType()
  return type.encode(type.fromObject(model)).finish()
}
