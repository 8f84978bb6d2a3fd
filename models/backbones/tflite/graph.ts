import type { GraphBuilder } from '../../onnx/graph-builder.ts'
import { BackboneError } from '../network.ts'
import type { Weight } from '../tfjs-weights.ts'
import { MAX_PRODUCTS } from '../work-limit.ts'
import type { Operator, Tensor, TfliteModel } from './read-model.ts'
import { readWeight } from './weights.ts'

/** A computed tensor. `shape`: of TFLite, channels last; where it has four sides the tensor of ONNX has its channels second. */
export type Value = { name: string; shape: number[] }

/** Values of one tensor that a picture may need: 256 MiB. */
const MAX_VALUES = 1 << 26
/** Weights that share their bytes in the file are read once for each tensor. */
const MAX_SHARING = 4

/** What has been converted of a graph so far. Methods throw BackboneError. */
export class Graph {
  readonly builder: GraphBuilder
  private readonly model: TfliteModel
  private readonly values = new Map<number, Value>()
  private readonly weights = new Map<number, Weight>()
  private products = 0
  private weightsLeft: number

  /** @param fileBytes length of the file, which bounds how many weights it can have */
  constructor(model: TfliteModel, builder: GraphBuilder, fileBytes: number) {
    this.model = model
    this.builder = builder
    this.weightsLeft = fileBytes * MAX_SHARING
  }

  tensor(index: number): Tensor {
    return this.model.tensor(index)
  }

  /** An input of an operation that is computed. @param position among the operation's inputs */
  input(operator: Operator, position = 0): Value {
    const index = indexOf(operator, position)
    const value = this.values.get(index)
    if (value) return value
    const { name, data } = this.tensor(index)
    throw new BackboneError(
      data
        ? `Expected ${operator.name} to take a computed tensor, received the constant ${name}`
        : `Expected operations in the order of their inputs, but ${operator.name} takes ${name} before it is there`,
    )
  }

  /** An input of an operation that is a constant, perhaps of halves that are widened. */
  weight(operator: Operator, position: number): Weight {
    const index = indexOf(operator, position)
    const known = this.weights.get(index)
    if (known) return known
    const tensor = this.tensor(index)
    if (!tensor.data) throw new BackboneError(`Expected constant weights for ${operator.name}, received ${tensor.name}`)
    this.weightsLeft -= tensor.shape.reduce((a, b) => a * b, 1)
    if (this.weightsLeft < 0) throw new BackboneError('Expected weights that are all in the file, found more')
    const weight = readWeight(tensor)
    this.weights.set(index, weight)
    return weight
  }

  isConstant(operator: Operator, position: number): boolean {
    const index = indexOf(operator, position)
    return this.weights.has(index) || this.tensor(index).data !== null
  }

  /** Whether an operation has an input at this position. */
  has(operator: Operator, position: number): boolean {
    return (operator.inputs[position] ?? -1) >= 0
  }

  /** Notes what an operation computes. The shape must be the one of the file, where that has one. */
  setOutput(operator: Operator, value: Value): void {
    const index = outputOf(operator)
    const { name, shape } = this.tensor(index)
    if (value.shape.reduce((a, b) => a * b, 1) > MAX_VALUES)
      throw new BackboneError(`Expected at most ${MAX_VALUES} values in ${name}, received the shape ${value.shape}`)
    if (shape.length > 0 && shape.join() !== value.shape.join())
      throw new BackboneError(`Expected the shape ${value.shape} for ${name}, found ${shape} in the file`)
    this.setValue(index, value)
  }

  /** Notes a constant that an operation makes of another one. */
  setWeight(operator: Operator, weight: Weight): void {
    this.weights.set(outputOf(operator), weight)
  }

  setValue(index: number, value: Value): void {
    if (this.values.has(index)) throw new BackboneError(`Expected each tensor once, found two for ${value.name}`)
    this.values.set(index, value)
  }

  valueOf(index: number): Value | undefined {
    return this.values.get(index)
  }

  countProducts(count: number): void {
    this.products += count
    if (this.products > MAX_PRODUCTS)
      throw new BackboneError(`Expected at most ${MAX_PRODUCTS} multiplications for a picture, found more`)
  }
}

function indexOf({ name, inputs }: Operator, position: number): number {
  const index = inputs[position]
  if (index !== undefined && index >= 0) return index
  throw new BackboneError(`Expected ${name} to have an input ${position}, found ${inputs.length}`)
}

export function outputOf({ name, outputs }: Operator): number {
  const [output] = outputs
  if (output !== undefined && output >= 0 && outputs.length === 1) return output
  throw new BackboneError(`Expected ${name} to have one output, found ${outputs.length}`)
}
