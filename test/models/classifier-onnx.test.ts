import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { train } from '../../models/index.ts'
import { GraphBuilder } from '../../models/onnx/graph-builder.ts'
import { ELEMENT_TYPE, type OnnxModel } from '../../models/onnx/model.ts'
import { valueInfo } from '../../models/onnx/nodes.ts'
import { encodeModel } from '../../models/onnx/protobuf.ts'
import { makeVectors } from '../support/made-up-vectors.ts'

const D = 20
const background = [5, 6, 7, 8].flatMap((seed) => makeVectors([5, 5, 5], { seed }).vectors)

for (const { labels, given } of [
  { labels: 4, given: [] },
  { labels: 4, given: background },
  { labels: 2, given: background },
  { labels: 1, given: background },
])
  test(`as a graph it answers the same: ${labels} labels, ${given.length} pictures of the background`, async () => {
    const { set, vectors } = makeVectors(new Array<number>(labels).fill(12), { noise: 0.8 })
    const names = [...set.y].map((c) => `label ${c}`)
    const { classifier } = train({ features: vectors, labels: names, background: given }, { heads: ['linear'] })
    const asked = [...vectors.slice(0, 6), ...background.slice(0, 6)]
    const model: OnnxModel = {
      irVersion: 8,
      producerName: 'test',
      opsetImport: [{ domain: '', version: 13 }],
      graph: { node: [], name: 'g', initializer: [], input: [], output: [] },
    }
    model.graph.input = [valueInfo('x', ELEMENT_TYPE.float32, ['N', D])]
    classifier.toOnnx(new GraphBuilder(model), [{ name: 'x', d: D }])
    model.graph.output = ['probabilities', 'known'].map((name) =>
      valueInfo(name, ELEMENT_TYPE.float32, ['N', name === 'known' ? 1 : labels]),
    )
    const session = await InferenceSession.create(encodeModel(model))
    const x = Float32Array.from(asked.flatMap((v) => [...v]))
    const { probabilities, known } = await session.run({ x: new Tensor('float32', x, [asked.length, D]) })
    for (const [r, vector] of asked.entries()) {
      const answer = classifier.classify(vector)
      assert.ok(
        Math.abs((known!.data[r] as number) - answer.openSetScore) < 1e-4,
        `${known!.data[r]} ${answer.openSetScore}`,
      )
      for (const [c, p] of answer.probabilities.entries())
        assert.ok(Math.abs((probabilities!.data[r * labels + c] as number) - p) < 1e-4)
    }
  })
