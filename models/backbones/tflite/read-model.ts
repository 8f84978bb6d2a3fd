import { BackboneError } from '../network.ts'
import { FlatTable } from './flatbuffer.ts'
import { METADATA_NAME } from './metadata.ts'
import * as schema from './schema.ts'

/** value = (stored - zero point) x scale, with one of each for the tensor, or for each index of `axis`. */
export type Quantization = { scale: number[]; zeroPoint: number[]; axis: number }

/** `shape`: as TFLite has it: batch, height, width, channels. `data`: the stored values of a constant; null for what is computed. */
export type Tensor = {
  name: string
  shape: number[]
  type: string
  quantization: Quantization | null
  data: Uint8Array | null
}

/** `name` of `BuiltinOperator`. `inputs` and `outputs` are numbers of tensors; an input of -1 is left out. `options`: fields of its own. */
export type Operator = { name: string; inputs: number[]; outputs: number[]; options: FlatTable | null }

/** `operators`: each after those whose outputs it takes. */
export type TfliteModel = {
  tensor(index: number): Tensor
  operators: Operator[]
  inputs: number[]
  outputs: number[]
  /** What the file says about itself beside the graph; null where it does not. */
  metadata: Uint8Array | null
}

const MAX_RANK = 5
const MAX_SIDE = 1 << 20
/** Bytes before and with the identifier. */
const HEADER_BYTES = 8

/**
 * Reads the graph of a TFLite file; tensors are read when they are asked for.
 * Throws BackboneError where it is none, leads outside of itself, or has several graphs.
 */
export function readTfliteModel(bytes: Uint8Array): TfliteModel {
  const identifier = Buffer.from(bytes.subarray(HEADER_BYTES / 2, HEADER_BYTES)).toString('latin1')
  if (identifier !== schema.FILE_IDENTIFIER)
    throw new BackboneError(`Expected a TFLite file (${schema.FILE_IDENTIFIER} after four bytes), found none`)
  const model = FlatTable.root(bytes)
  const graphs = model.tables(schema.MODEL.subgraphs)
  const [graph] = graphs
  if (!graph || graphs.length > 1)
    throw new BackboneError(`Expected a TFLite file of one graph, received ${graphs.length}`)
  const buffers = model.tables(schema.MODEL.buffers)
  const tensors = graph.tables(schema.SUBGRAPH.tensors)
  const codes = model.tables(schema.MODEL.operatorCodes).map(readOperation)
  const read = new Map<number, Tensor>()
  return {
    tensor(index) {
      const known = read.get(index) ?? readTensor(tensors[index], buffers)
      read.set(index, known)
      return known
    },
    operators: graph.tables(schema.SUBGRAPH.operators).map((table) => readOperator(table, codes)),
    inputs: graph.int32s(schema.SUBGRAPH.inputs),
    outputs: graph.int32s(schema.SUBGRAPH.outputs),
    metadata: readMetadata(model, buffers),
  }
}

function readMetadata(model: FlatTable, buffers: FlatTable[]): Uint8Array | null {
  const entries = model.tables(schema.MODEL.metadata)
  const own = entries.find((entry) => entry.string(schema.METADATA.name) === METADATA_NAME)
  return (own && buffers[own.uint32(schema.METADATA.buffer)]?.bytes(schema.BUFFER.data)) ?? null
}

/** Old files have its number in a byte, new ones in an integer, and the larger one counts. */
function readOperation(table: FlatTable): string {
  const number = Math.max(table.byte(schema.OPERATOR_CODE.deprecatedCode), table.int32(schema.OPERATOR_CODE.code))
  const custom = table.string(schema.OPERATOR_CODE.customCode)
  const name = schema.OPERATIONS[number] ?? `operation ${number} of TFLite`
  return custom === null ? name : `${name} ${custom}`
}

/** Their new shape is that of their output. As an input it may be computed, by operations that are of no other use. */
const SHAPED_BY_OUTPUT = ['RESHAPE', 'SQUEEZE']

function readOperator(table: FlatTable, codes: string[]): Operator {
  const code = table.uint32(schema.OPERATOR.code)
  const name = codes[code]
  if (name === undefined) throw new BackboneError(`Expected one of ${codes.length} operations, received number ${code}`)
  const inputs = table.int32s(schema.OPERATOR.inputs)
  return {
    name,
    inputs: SHAPED_BY_OUTPUT.includes(name) ? inputs.slice(0, 1) : inputs,
    outputs: table.int32s(schema.OPERATOR.outputs),
    options: table.table(schema.OPERATOR.options),
  }
}

function readTensor(table: FlatTable | undefined, buffers: FlatTable[]): Tensor {
  if (!table) throw new BackboneError('Expected a tensor of the TFLite file, found none with its number')
  const shape = table.int32s(schema.TENSOR.shape)
  const name = table.string(schema.TENSOR.name) ?? ''
  if (shape.length > MAX_RANK || !shape.every((side) => side > 0 && side <= MAX_SIDE))
    throw new BackboneError(`Expected a shape of positive numbers for ${name}, received ${shape}`)
  if (table.table(schema.TENSOR.sparsity))
    throw new BackboneError(`Expected dense weights for ${name}, found sparse ones`)
  const type = table.byte(schema.TENSOR.type)
  const data = buffers[table.uint32(schema.TENSOR.buffer)]?.bytes(schema.BUFFER.data) ?? null
  return {
    name,
    shape,
    type: schema.TENSOR_TYPES[type] ?? `type ${type}`,
    quantization: readQuantization(table.table(schema.TENSOR.quantization)),
    // Buffer 0 is always empty, and so are those of tensors that are computed.
    data: data && data.length > 0 ? data : null,
  }
}

function readQuantization(table: FlatTable | null): Quantization | null {
  const scale = table?.floats(schema.QUANTIZATION.scale) ?? []
  if (!table || scale.length === 0) return null
  if (table.byte(schema.QUANTIZATION.detailsType) !== 0)
    throw new BackboneError('Expected weights quantized by scale and zero point, found custom quantization')
  const zeroPoint = table.int64s(schema.QUANTIZATION.zeroPoint)
  if (!scale.every((value) => Number.isFinite(value) && value >= 0))
    throw new BackboneError('Expected scales of quantization that are positive numbers')
  return { scale, zeroPoint, axis: table.int32(schema.QUANTIZATION.axis) }
}
