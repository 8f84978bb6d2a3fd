// What people would pick instead: Teachable Machine's recipe, and logistic regression, on the same features of the ImageNet network.
import * as tf from '@tensorflow/tfjs-core'
import { initializers, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers'
import { seededRandom } from '../models/random.ts'
import { shuffle } from './shuffle.ts'

/** Features of the pictures that are trained on, with the class of each, and of those that are asked about. */
type FeatureSplit = { x: Float32Array[]; y: number[]; queries: Float32Array[]; classes: number; seed: number }

/** As Teachable Machine trains unless told otherwise, but on all pictures: it keeps 15 % apart. github.com/googlecreativelab/teachablemachine-community */
const UNITS = 100
const EPOCHS = 50
const BATCH = 16
const LEARNING_RATE = 0.001

/** Two dense layers on frozen features. `startEngine` of bench/experiment/ comes first. @returns the class of each query */
export async function trainDense(split: FeatureSplit): Promise<number[]> {
  const { x, y, queries, classes, seed } = split
  const model = denseModel(x[0]!.length, classes, seed)
  const optimizer = tf.train.adam(LEARNING_RATE)
  model.compile({ optimizer, loss: 'categoricalCrossentropy' })
  const random = seededRandom(seed)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const order = shuffle([...x.keys()], random)
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = order.slice(at, at + BATCH)
      const input = toTensor(rows.map((r) => x[r]!))
      const target = oneHot(
        rows.map((r) => y[r]!),
        classes,
      )
      await model.trainOnBatch(input, target)
      tf.dispose([input, target])
    }
  }
  const answers = tf.tidy(() => tf.argMax(model.predict(toTensor(queries)) as tf.Tensor2D, 1).dataSync())
  model.dispose()
  optimizer.dispose()
  return Array.from(answers)
}

function denseModel(inputs: number, classes: number, seed: number): LayersModel {
  const start = (layer: number) => initializers.varianceScaling({ seed: 2 * seed + layer })
  return sequential({
    layers: [
      layers.dense({ inputShape: [inputs], units: UNITS, activation: 'relu', kernelInitializer: start(0) }),
      layers.dense({ units: classes, activation: 'softmax', useBias: false, kernelInitializer: start(1) }),
    ],
  })
}

const toTensor = (rows: Float32Array[]): tf.Tensor2D =>
  tf.tidy(() => tf.stack(rows.map((row) => tf.tensor1d(row))) as tf.Tensor2D)
const oneHot = (y: number[], classes: number): tf.Tensor =>
  tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(y, 'int32'), classes), 'float32'))

/** Steps after which answers no longer change. */
const STEPS = 800
/** Rounds of the power method: the step size needs no more digits. */
const ROUNDS = 30

/**
 * Multinomial logistic regression on centred features: the least sum of log losses plus half the squared weights, as scikit-learn's default (C 1), by
 * Nesterov's accelerated gradient on the products of the pictures. @returns the class of each query
 */
export function logisticRegression({ x, y, queries, classes }: FeatureSplit): number[] {
  const answers = tf.tidy(() => {
    const mean = tf.mean(toTensor(x), 0, true)
    const known = tf.sub(toTensor(x), mean) as tf.Tensor2D
    const asked = tf.sub(toTensor(queries), mean) as tf.Tensor2D
    const alphas = fitAlphas(multiplyTransposed(known, known), oneHot(y, classes))
    return tf.argMax(tf.matMul(multiplyTransposed(asked, known), alphas), 1).dataSync()
  })
  return Array.from(answers)
}

const multiplyTransposed = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D => tf.matMul(a, b, false, true)

/** What each picture adds to the weights of each class, n x classes. */
function fitAlphas(products: tf.Tensor2D, targets: tf.Tensor): tf.Tensor {
  // Half the largest eigenvalue bounds the curvature of the log loss.
  const step = 1 / (1 + largestEigenvalue(products) / 2)
  let alphas: tf.Tensor = tf.zerosLike(targets)
  let ahead = alphas
  for (let t = 1; t <= STEPS; t++) {
    const from = { alphas, ahead }
    const { reached, further } = tf.tidy(() => {
      const errors = tf.sub(tf.softmax(tf.matMul(products, from.ahead)), targets)
      const reached = tf.sub(from.ahead, tf.mul(tf.add(errors, from.ahead), step))
      const further = tf.add(reached, tf.mul(tf.sub(reached, from.alphas), (t - 1) / (t + 2)))
      return { reached, further }
    })
    tf.dispose([from.alphas, from.ahead])
    alphas = reached
    ahead = further
  }
  return alphas
}

/** Of a positive matrix, by the power method. */
const largestEigenvalue = (products: tf.Tensor2D): number =>
  tf.tidy(() => {
    let vector = tf.randomNormal([products.shape[0], 1], 0, 1, 'float32', 1) as tf.Tensor
    for (let round = 0; round < ROUNDS; round++) vector = tf.matMul(products, tf.div(vector, tf.norm(vector)))
    return tf.norm(vector).dataSync()[0]!
  })
