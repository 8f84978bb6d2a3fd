// Whether more of the network serves better: its block 16, or the means of four quarters of the picture. node bench/more-features.ts
// Made on the half of the sets that choices are made on; without a prior, which only the network as it is used has.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Model, node } from '../models/backbones/graph.ts'
import { readNsfwjs } from '../models/backbones/nsfwjs.ts'
import { encodeModel } from '../models/backbones/onnx.ts'
import { type Backbone, EMBEDDED } from '../models/backbones/registry.ts'
import { convert } from '../models/backbones/tfjs.ts'
import type { Effort } from '../models/views.ts'
import { measureFew } from './few.ts'
import { type Seen, seeSet } from './sets/features.ts'
import { CACHE } from './sets/fetch.ts'
import type { PictureSet } from './sets/sets.ts'

function backbone(id: string, block: number, change: (model: Model) => Model): Backbone {
  const file = join(CACHE, `${id}.onnx`)
  const cut = `/expanded_conv_${block}/expand/Relu6`
  if (!existsSync(file))
    writeFileSync(file, encodeModel(change(convert(readNsfwjs('mobilenet_v2_mid', 2), cut, EMBEDDED.input.width))))
  return { id, file, input: EMBEDDED.input, output: 'features' }
}

/** The mean of each quarter of the picture instead of the mean of all. */
function inQuarters(model: Model): Model {
  const { graph } = model
  const mean = graph.node.find((n) => n.output.includes('features'))!
  const pooled = node('AveragePool', mean.input, 'pooled', { kernel_shape: [7, 7], strides: [7, 7] })
  const rest = [pooled, node('Flatten', ['pooled'], 'features', { axis: 1 })]
  return { ...model, graph: { ...graph, node: [...graph.node.filter((n) => n !== mean), ...rest] } }
}

const block16 = backbone('b16', 16, (model) => model)
const quarters = backbone('quarters', 13, inQuarters)

/** Several networks' features one after the other. */
const batch =
  (...backbones: Backbone[]) =>
  async (set: PictureSet): Promise<Seen[]> => {
    const [first, ...others] = await Promise.all(backbones.map((b) => seeSet(set, b)))
    return first!.map((s, i) => ({
      ...s,
      views: s.views.map((v, at) =>
        Float32Array.from([v, ...others.map((o) => o[i]!.views[at]!)].flatMap((x) => [...x])),
      ),
    }))
  }

/** A part of the whole: whitening so many dimensions takes long. */
const HOW = { seeds: [1, 2], perLabel: [2, 10], efforts: ['fast'] as Effort[] }

const mean = (values: number[]): string => (values.reduce((a, b) => a + b, 0) / values.length).toFixed(1)
for (const [name, ...backbones] of [
  ['block 13, as it is used', EMBEDDED],
  ['block 16 alone', block16],
  ['with block 16', EMBEDDED, block16],
  ['quarters', quarters],
] as [string, ...Backbone[]][]) {
  const { accuracy, unknown } = await measureFew('dev', batch(...backbones), null, HOW)
  const kinds = [...new Set(accuracy.map((r) => r.set))]
  const of = (set: string): string => mean(accuracy.filter((r) => r.set === set).map((r) => r.fast.mean))
  console.log(name, {
    accuracy: mean(accuracy.map((r) => r.fast.mean)),
    ...Object.fromEntries(kinds.map((k) => [k, of(k)])),
    auroc: mean(unknown.map((r) => r.auroc.mean)),
  })
}
