import { input, type LayersModel, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers'

export const SIDE = 32

/** Four convolutions and two dense layers: what tutorials train on 32 x 32 x 3. About 1.25 million weights. */
export function simpleCnn(classes: number): LayersModel {
  const conv = (filters: number, padding: 'same' | 'valid', first = false) =>
    layers.conv2d({
      filters,
      kernelSize: 3,
      padding,
      activation: 'relu',
      ...(first && { inputShape: [SIDE, SIDE, 3] }),
    })
  return sequential({
    layers: [
      ...[
        conv(32, 'same', true),
        conv(32, 'valid'),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.dropout({ rate: 0.25 }),
      ],
      ...[conv(64, 'same'), conv(64, 'valid'), layers.maxPooling2d({ poolSize: 2 }), layers.dropout({ rate: 0.25 })],
      ...[layers.flatten(), layers.dense({ units: 512, activation: 'relu' }), layers.dropout({ rate: 0.5 })],
      layers.dense({ units: classes, activation: 'softmax' }),
    ],
  })
}

/** ResNet-50 (He et al. 2015) as it is, for pictures of 32 x 32. About 23.6 million weights. */
export function resNet50(classes: number): LayersModel {
  const conv = (x: SymbolicTensor, filters: number, size: number, strides = 1): SymbolicTensor => {
    const y = layers.conv2d({
      filters,
      kernelSize: size,
      strides,
      padding: 'same',
      useBias: false,
      kernelInitializer: 'heNormal',
    })
    // Keras' own 0.99 needs thousands of steps until what it answers with is what it learned with.
    return layers.batchNormalization({ momentum: 0.9 }).apply(y.apply(x)) as SymbolicTensor
  }
  const relu = (x: SymbolicTensor): SymbolicTensor => layers.reLU().apply(x) as SymbolicTensor
  const block = (x: SymbolicTensor, filters: number, strides: number): SymbolicTensor => {
    let y = relu(conv(x, filters, 1, strides))
    y = conv(relu(conv(y, filters, 3)), 4 * filters, 1)
    const same = x.shape[3] === 4 * filters && strides === 1
    return relu(layers.add().apply([y, same ? x : conv(x, 4 * filters, 1, strides)]) as SymbolicTensor)
  }
  const data = input({ shape: [SIDE, SIDE, 3] })
  let x = relu(conv(data, 64, 7, 2))
  x = layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(x) as SymbolicTensor
  for (const [i, blocks] of [3, 4, 6, 3].entries())
    for (let b = 0; b < blocks; b++) x = block(x, 64 * 2 ** i, i > 0 && b === 0 ? 2 : 1)
  x = layers.globalAveragePooling2d({}).apply(x) as SymbolicTensor
  const out = layers.dense({ units: classes, activation: 'softmax' }).apply(x) as SymbolicTensor
  return model({ inputs: data, outputs: out })
}
