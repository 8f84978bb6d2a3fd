import type { Backbone } from './backbones/registry.ts'
import type { Classifier } from './classifier.ts'
import { GraphBuilder } from './onnx/graph-builder.ts'
import { ELEMENT_TYPE } from './onnx/model.ts'
import { valueInfo } from './onnx/nodes.ts'
import { decodeModel, encodeModel } from './onnx/protobuf.ts'

type Parts = {
  /** The backbone's file. */
  network: Uint8Array
  backbone: Backbone
  classifier: Classifier
  /** Dimensions of the backbone's output: 2 for [N, d], 4 for [N, d, height, width], which is averaged over positions. */
  rank: number
  /** Features of a picture. */
  d: number
}

/**
 * Backbone and classifier as one ONNX model. Its input is the backbone's; its outputs are `probabilities`, [N, labels], and `known`,
 * [N, 1], the open-set score. Its metadata has `labels`, the description of `input`, and where `grades` begin (`Refusals`), as JSON.
 */
export function exportOnnx({ network, backbone, classifier, rank, d }: Parts): Uint8Array {
  const model = decodeModel(network)
  const output = backbone.output ?? model.graph.output[0]!.name
  const graph = new GraphBuilder(model)
  const pooled = rank === 4 ? graph.add('GlobalAveragePool', [output]) : output
  classifier.toOnnx(graph, graph.reshape(pooled, [0, d]), d)
  model.graph.output = [
    valueInfo('probabilities', ELEMENT_TYPE.float32, ['N', classifier.labels.length]),
    valueInfo('known', ELEMENT_TYPE.float32, ['N', 1]),
  ]
  const { input } = backbone
  model.metadataProps = [
    ...(model.metadataProps ?? []),
    { key: 'labels', value: JSON.stringify(classifier.labels) },
    { key: 'input', value: JSON.stringify(input) },
    { key: 'grades', value: JSON.stringify(classifier.refusals) },
  ]
  return encodeModel(model)
}
