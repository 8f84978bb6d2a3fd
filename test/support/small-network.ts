import { ELEMENT, floats, node, value } from '../../models/backbones/graph.ts'
import { encodeModel } from '../../models/backbones/onnx.ts'
import { seededRandom } from '../../models/random.ts'

const CHANNELS = 13

/** A network of one layer, 8 x 8 patches to 13 channels, float32 NCHW: as small as a backbone can be. */
export function smallNetwork(): Uint8Array {
  const random = seededRandom(5)
  const weights = Float32Array.from({ length: CHANNELS * 3 * 64 }, () => (random() - 0.5) / 4)
  return encodeModel({
    irVersion: 8,
    producerName: 'test',
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'small',
      node: [node('Conv', ['x', 'w'], 'c', { strides: [8, 8], kernel_shape: [8, 8] }), node('Relu', ['c'], 'patches')],
      initializer: [floats('w', [CHANNELS, 3, 8, 8], weights)],
      input: [value('x', ELEMENT.float32, ['N', 3, 64, 64])],
      output: [value('patches', ELEMENT.float32, ['N', CHANNELS, 8, 8])],
    },
  })
}
