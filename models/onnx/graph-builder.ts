import type { OnnxModel } from './model.ts'
import { type AttributeValue, floatTensor, integerTensor, makeNode } from './nodes.ts'

/** The operator set of classical machine learning: tree ensembles and the like. */
const ML_DOMAIN = 'ai.onnx.ml'
const ML_VERSION = 1

/**
 * Appends operations to the graph of a model, with tensor names that no other has (`mekiki_0`, …). Operations are used as every opset from
 * 9 on has them. Each method returns the name of the tensor that it made.
 */
export class GraphBuilder {
  private readonly model: OnnxModel
  private readonly taken: Set<string>
  private next = 0

  constructor(model: OnnxModel) {
    this.model = model
    const { node, initializer, input } = model.graph
    // A model that was made here has such names already.
    this.taken = new Set([...node.flatMap((n) => n.output), ...[...initializer, ...input].map(({ name }) => name)])
  }

  /** @param name of its output, where it must be a certain one */
  add(opType: string, input: string[], attributes: Record<string, AttributeValue> = {}, name = this.name()): string {
    this.model.graph.node.push(makeNode(opType, input, name, attributes))
    return name
  }

  /** An operation of the operator set `ai.onnx.ml`, which is declared in the model. */
  addClassical(opType: string, input: string[], attributes: Record<string, AttributeValue>): string {
    const name = this.name()
    this.model.graph.node.push({ ...makeNode(opType, input, name, attributes), domain: ML_DOMAIN })
    const { opsetImport } = this.model
    if (!opsetImport.some((o) => o.domain === ML_DOMAIN)) opsetImport.push({ domain: ML_DOMAIN, version: ML_VERSION })
    return name
  }

  constant(dims: number[], values: Float32Array | number[]): string {
    const name = this.name()
    this.model.graph.initializer.push(floatTensor(name, dims, values))
    return name
  }

  /** A constant vector of 64-bit integers. */
  integers(values: number[]): string {
    const name = this.name()
    this.model.graph.initializer.push(integerTensor(name, values))
    return name
  }

  /** In a shape, 0 keeps a dimension and -1 takes what is left. */
  reshape(input: string, shape: number[]): string {
    return this.add('Reshape', [input, this.integers(shape)])
  }

  private name(): string {
    let name: string
    do name = `mekiki_${this.next++}`
    while (this.taken.has(name))
    return name
  }
}
