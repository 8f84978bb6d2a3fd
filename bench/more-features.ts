// Whether more of the network serves better: its block 16, or the means of the four quarters of the picture.
//   node bench/more-features.ts
// On the half of the sets that choices are made on, and without a prior, which only the embedded backbone has.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertTfjsGraph } from '../models/backbones/convert-tfjs.ts'
import { readNsfwjs } from '../models/backbones/nsfwjs.ts'
import { type Backbone, EMBEDDED } from '../models/backbones/registry.ts'
import type { OnnxModel } from '../models/onnx/model.ts'
import { makeNode } from '../models/onnx/nodes.ts'
import { encodeModel } from '../models/onnx/protobuf.ts'
import type { Effort } from '../models/views.ts'
import { measureFew } from './few.ts'
import { meanOf } from './figures.ts'
import { type EmbeddedPicture, embedSet } from './sets/features.ts'
import { CACHE } from './sets/fetch.ts'
import type { PictureSet } from './sets/sets.ts'

/** A part of the whole: whitening so many dimensions takes long. */
const SCOPE = { seeds: [1, 2], perLabel: [2, 10], efforts: ['fast'] as Effort[], prior: null }

function makeBackbone(id: string, block: number, change: (model: OnnxModel) => OnnxModel): Backbone {
  const file = join(CACHE, `${id}.onnx`)
  const lastOperation = `/expanded_conv_${block}/expand/Relu6`
  const size = EMBEDDED.input.width
  if (!existsSync(file))
    writeFileSync(
      file,
      encodeModel(change(convertTfjsGraph(readNsfwjs('mobilenet_v2_mid', 2), { lastOperation, size }))),
    )
  return { id, file, input: EMBEDDED.input, output: 'features' }
}

/** The mean of each quarter of the picture instead of the mean of all of it. */
function poolQuarters(model: OnnxModel): OnnxModel {
  const { graph } = model
  const mean = graph.node.find((n) => n.output.includes('features'))!
  const pooled = makeNode('AveragePool', mean.input, 'pooled', { kernel_shape: [7, 7], strides: [7, 7] })
  const flat = makeNode('Flatten', ['pooled'], 'features', { axis: 1 })
  return { ...model, graph: { ...graph, node: [...graph.node.filter((n) => n !== mean), pooled, flat] } }
}

/** The features of several backbones, one after the other. */
const concatenate =
  (backbones: Backbone[]) =>
  async (set: PictureSet): Promise<EmbeddedPicture[]> => {
    const [first, ...others] = await Promise.all(backbones.map((backbone) => embedSet(set, backbone)))
    return first!.map((picture, i) => {
      const views = picture.views.map((view, v) => [view, ...others.map((other) => other[i]!.views[v]!)])
      return { ...picture, views: views.map((parts) => Float32Array.from(parts.flatMap((part) => [...part]))) }
    })
  }

const block16 = makeBackbone('b16', 16, (model) => model)
const quarters = makeBackbone('quarters', 13, poolQuarters)
const candidates: { name: string; backbones: Backbone[] }[] = [
  { name: 'block 13, the embedded backbone', backbones: [EMBEDDED] },
  { name: 'block 16 alone', backbones: [block16] },
  { name: 'with block 16', backbones: [EMBEDDED, block16] },
  { name: 'quarters', backbones: [quarters] },
]

const mean = (values: number[]): string => meanOf(values).toFixed(1)

for (const { name, backbones } of candidates) {
  const { accuracy, unknown } = await measureFew('dev', { ...SCOPE, embed: concatenate(backbones) })
  const bySet = Map.groupBy(accuracy, (row) => row.set)
  const ofSets = [...bySet].map(([set, rows]) => [set, mean(rows.map((row) => row.fast.mean))])
  console.log(name, {
    accuracy: mean(accuracy.map((row) => row.fast.mean)),
    ...Object.fromEntries(ofSets),
    auroc: mean(unknown.map((row) => row.auroc.mean)),
  })
}
