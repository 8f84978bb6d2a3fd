import type { Backbone, InputDescription } from './backbones/registry.ts'
import type { Classifier } from './classifier.ts'
import { appendModel } from './onnx/append-model.ts'
import { GraphBuilder } from './onnx/graph-builder.ts'
import { ELEMENT_TYPE, type OnnxModel } from './onnx/model.ts'
import { valueInfo } from './onnx/nodes.ts'
import { decodeModel, encodeModel } from './onnx/protobuf.ts'

/** A backbone of the classifier. */
export type ExportedNetwork = {
  /** The backbone's file. */
  network: Uint8Array
  backbone: Backbone
  /** Dimensions of the backbone's output: 2 for [N, d], 4 for [N, d, height, width], which is averaged over positions. */
  rank: number
  /** Features of a picture. */
  d: number
}

/** An input of the written model: its name, and what it takes. Backbones that take the same share one. */
export type ExportedInput = { name: string; description: InputDescription }

/**
 * Backbones and classifier as one ONNX model. Its inputs are the backbones'; its outputs are `probabilities`, [N, labels], and `known`,
 * [N, 1], the open-set score. Its metadata has `labels`, the description of `input`, and where `grades` begin (`Refusals`), as
 * JSON; and `inputs`, where there are several.
 * @param networks in the order of the classifier's features
 */
export function exportOnnx(
  networks: ExportedNetwork[],
  classifier: Classifier,
): { bytes: Uint8Array; inputs: ExportedInput[] } {
  const [first, ...others] = networks.map(({ network }) => decodeModel(network)) as [OnnxModel, ...OnnxModel[]]
  const model = first
  const inputs = [{ name: inputName(first), description: networks[0]!.backbone.input }]
  const outputs = [networks[0]!.backbone.output ?? first.graph.output[0]!.name]
  others.forEach((other, i) => {
    const { input: description, output = other.graph.output[0]!.name } = networks[i + 1]!.backbone
    const sharedInput = inputs.find((input) => isSame(input.description, description))?.name
    const appended = appendModel(model, other, { prefix: `backbone_${i + 2}_`, sharedInput })
    outputs.push(appended.rename(output))
    if (sharedInput === undefined) inputs.push({ name: appended.inputs[0]!, description })
  })

  const graph = new GraphBuilder(model)
  const features = networks.map(({ rank, d }, i) => {
    const pooled = rank === 4 ? graph.add('GlobalAveragePool', [outputs[i]!]) : outputs[i]!
    return { name: graph.reshape(pooled, [0, d]), d }
  })
  classifier.toOnnx(graph, features)
  model.graph.output = [
    valueInfo('probabilities', ELEMENT_TYPE.float32, ['N', classifier.labels.length]),
    valueInfo('known', ELEMENT_TYPE.float32, ['N', 1]),
  ]
  model.metadataProps = [
    ...(model.metadataProps ?? []),
    { key: 'labels', value: JSON.stringify(classifier.labels) },
    { key: 'input', value: JSON.stringify(inputs[0]!.description) },
    { key: 'grades', value: JSON.stringify(classifier.refusals) },
    ...(inputs.length > 1 ? [{ key: 'inputs', value: JSON.stringify(inputs) }] : []),
  ]
  return { bytes: encodeModel(model), inputs }
}

/** Old models list their constants among the inputs. */
function inputName({ graph }: OnnxModel): string {
  const constants = new Set(graph.initializer.map(({ name }) => name))
  return graph.input.find(({ name }) => !constants.has(name))!.name
}

const isSame = (a: InputDescription, b: InputDescription): boolean => JSON.stringify(a) === JSON.stringify(b)
