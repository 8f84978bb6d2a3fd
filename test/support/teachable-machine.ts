// A network put together as Teachable Machine does it: a sequential model of MobileNet up to its pooling, and of two dense layers.
import '@tensorflow/tfjs-backend-cpu'
import { add, io, setBackend } from '@tensorflow/tfjs-core'
import { input, layers, model, type Sequential, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers'

const SIDE = 32

/** A layer. */
type Applied = { apply(inputs: SymbolicTensor): unknown }

/** The blocks of MobileNet V2 in small. */
function truncatedMobileNet() {
  const picture = input({ shape: [SIDE, SIDE, 3], name: 'input_1' })
  const norm = (name: string) => layers.batchNormalization({ name, epsilon: 1e-3 })
  const conv = (filters: number, kernelSize: number, name: string, strides = 1) =>
    layers.conv2d({ filters, kernelSize, strides, name, padding: strides === 1 ? 'same' : 'valid', useBias: false })
  const apply = (from: SymbolicTensor, ...all: Applied[]): SymbolicTensor =>
    all.reduce((x, layer) => layer.apply(x) as SymbolicTensor, from)
  const pad = (name: string) =>
    layers.zeroPadding2d({
      padding: [
        [0, 1],
        [0, 1],
      ],
      name,
    })
  const six = (name: string) => layers.reLU({ maxValue: 6, name })
  const first = apply(picture, pad('Conv1_pad'), conv(8, 3, 'Conv1', 2), norm('bn_Conv1'), six('Conv1_relu'))
  const depthwise = layers.depthwiseConv2d({
    kernelSize: 3,
    padding: 'same',
    useBias: false,
    name: 'expanded_depthwise',
  })
  const narrow = apply(
    first,
    depthwise,
    norm('bn_depthwise'),
    six('relu_depthwise'),
    conv(8, 1, 'project'),
    norm('bn_project'),
  )
  const sum = layers.add({ name: 'block_add' }).apply([first, narrow]) as SymbolicTensor
  const out = apply(sum, conv(20, 1, 'Conv_1'), norm('Conv_1_bn'), six('out_relu'))
  return model({ inputs: picture, outputs: out, name: 'model1' })
}

/** @returns the model, its first part, and its files */
export async function teachableMachine() {
  await setBackend('cpu')
  const backbone: Sequential = sequential({ name: 'sequential_1' })
  backbone.add(truncatedMobileNet())
  backbone.add(layers.globalAveragePooling2d({ name: 'pool' }))
  const classifier = sequential({ name: 'sequential_3' })
  classifier.add(layers.dense({ units: 10, activation: 'relu', inputShape: [20], name: 'dense_Dense1' }))
  classifier.add(layers.dense({ units: 3, activation: 'softmax', useBias: false, name: 'dense_Dense2' }))
  const whole = sequential({ name: 'sequential_4' })
  whole.add(backbone)
  whole.add(classifier)
  // Fresh normalizations have a mean of 0 and a variance of 1: nothing would be seen of them.
  whole.setWeights(whole.getWeights().map((w, i) => add(w, (i % 5) / 20)))
  let saved: io.ModelArtifacts | undefined
  await whole.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  const { modelTopology, weightSpecs, weightData } = saved!
  const json = { modelTopology, weightsManifest: [{ paths: ['./weights.bin'], weights: weightSpecs! }] }
  return { backbone, json, weights: new Uint8Array(weightData as ArrayBuffer), side: SIDE }
}
