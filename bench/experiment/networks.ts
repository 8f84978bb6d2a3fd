import { input, type LayersModel, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers'

/** Width and height of the pictures that the networks take. */
export const SIDE = 32

/** Four convolutions and two dense layers: what tutorials train on 32 x 32 x 3. About 1.25 million weights. */
export function simpleCnn(classes: number): LayersModel {
  const shape = { inputShape: [SIDE, SIDE, 3] }
  const conv = (filters: number, padding: 'same' | 'valid', more: { inputShape?: number[] } = {}) =>
    layers.conv2d({ filters, kernelSize: 3, padding, activation: 'relu', ...more })
  return sequential({
    layers: [
      conv(32, 'same', shape),
      conv(32, 'valid'),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.dropout({ rate: 0.25 }),
      conv(64, 'same'),
      conv(64, 'valid'),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.dropout({ rate: 0.25 }),
      layers.flatten(),
      layers.dense({ units: 512, activation: 'relu' }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: classes, activation: 'softmax' }),
    ],
  })
}

/** ResNet-50 (He et al. 2015), unchanged but for pictures of 32 x 32. About 23.6 million weights. */
export function resNet50(classes: number): LayersModel {
  const data = input({ shape: [SIDE, SIDE, 3] })
  let x = relu(conv(data, { filters: 64, size: 7, strides: 2 }))
  x = layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(x) as SymbolicTensor
  for (const [stage, blocks] of [3, 4, 6, 3].entries())
    for (let b = 0; b < blocks; b++) x = bottleneck(x, 64 * 2 ** stage, stage > 0 && b === 0 ? 2 : 1)
  x = layers.globalAveragePooling2d({}).apply(x) as SymbolicTensor
  const out = layers.dense({ units: classes, activation: 'softmax' }).apply(x) as SymbolicTensor
  return model({ inputs: data, outputs: out })
}

const relu = (x: SymbolicTensor): SymbolicTensor => layers.reLU().apply(x) as SymbolicTensor

/** A convolution with batch normalization. */
function conv(x: SymbolicTensor, { filters, size, strides = 1 }: { filters: number; size: number; strides?: number }) {
  const y = layers.conv2d({
    filters,
    kernelSize: size,
    strides,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'heNormal',
  })
  // With Keras' own 0.99, thousands of steps pass until inference normalizes as training did.
  return layers.batchNormalization({ momentum: 0.9 }).apply(y.apply(x)) as SymbolicTensor
}

function bottleneck(x: SymbolicTensor, filters: number, strides: number): SymbolicTensor {
  const narrow = relu(conv(x, { filters, size: 1, strides }))
  const y = conv(relu(conv(narrow, { filters, size: 3 })), { filters: 4 * filters, size: 1 })
  const isSameShape = x.shape[3] === 4 * filters && strides === 1
  const shortcut = isSameShape ? x : conv(x, { filters: 4 * filters, size: 1, strides })
  return relu(layers.add().apply([y, shortcut]) as SymbolicTensor)
}
