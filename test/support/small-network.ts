import { ELEMENT_TYPE } from '../../models/onnx/model.ts'
import { floatTensor, makeNode, valueInfo } from '../../models/onnx/nodes.ts'
import { encodeModel } from '../../models/onnx/protobuf.ts'
import { seededRandom } from '../../models/random.ts'

const CHANNELS = 13

/**
 * A network of one layer, 8 x 8 patches to 13 channels, float32 NCHW: as small as a backbone can be.
 * @param seed of its filters @param side of its input in pixels, a multiple of 8
 */
export function smallNetwork(seed = 5, side = 64): Uint8Array {
  const random = seededRandom(seed)
  const weights = Float32Array.from({ length: CHANNELS * 3 * 64 }, () => (random() - 0.5) / 4)
  return encodeModel({
    irVersion: 8,
    producerName: 'test',
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'small',
      node: [
        makeNode('Conv', ['x', 'w'], 'c', { strides: [8, 8], kernel_shape: [8, 8] }),
        makeNode('Relu', ['c'], 'patches'),
      ],
      initializer: [floatTensor('w', [CHANNELS, 3, 8, 8], weights)],
      input: [valueInfo('x', ELEMENT_TYPE.float32, ['N', 3, side, side])],
      output: [valueInfo('patches', ELEMENT_TYPE.float32, ['N', CHANNELS, side / 8, side / 8])],
    },
  })
}
