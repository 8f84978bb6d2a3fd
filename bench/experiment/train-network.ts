import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { seededRandom } from '../../models/random.ts'
import { shuffle } from '../shuffle.ts'
import { registerFilterGradient } from './gradient.ts'
import { SIDE } from './networks.ts'

/** Pictures as 32 x 32 x 3 values in [0, 1], the class of each, and the number of classes. */
export type Pixels = { x: Float32Array[]; y: number[]; classes: number }
type Progress = { epochs: number; log: (text: string) => void }

const BATCH = 32
const VALUES = SIDE * SIDE * 3
const LEARNING_RATE = 0.001

export async function startEngine(): Promise<void> {
  const at = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
  setWasmPaths(`${dirname(at)}/dist/`)
  await tf.setBackend('wasm')
  registerFilterGradient()
}

const batchOf = ({ x }: Pixels, rows: number[]): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from({ length: rows.length * VALUES }, (_, i) => x[rows[Math.floor(i / VALUES)]!]![i % VALUES]!),
    [rows.length, SIDE, SIDE, 3],
  )

/** Trains with Adam and cross-entropy. An epoch is one pass over the pictures. */
export async function trainNetwork(model: LayersModel, set: Pixels, { epochs, log }: Progress): Promise<void> {
  model.compile({ optimizer: tf.train.adam(LEARNING_RATE), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  const random = seededRandom(1)
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = shuffle([...set.x.keys()], random)
    let [loss, right] = [0, 0]
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = order.slice(at, at + BATCH)
      const x = batchOf(set, rows)
      const y = oneHot(set, rows)
      const [l, a] = (await model.trainOnBatch(x, y)) as [number, number]
      loss += l * rows.length
      right += a * rows.length
      tf.dispose([x, y])
    }
    const accuracy = ((100 * right) / order.length).toFixed(1)
    log(
      `epoch ${epoch} of ${epochs}: loss ${(loss / order.length).toFixed(3)}, ${accuracy} % of the training pictures right`,
    )
  }
}

function oneHot({ y, classes }: Pixels, rows: number[]): tf.Tensor {
  const own = rows.map((r) => y[r]!)
  return tf.oneHot(tf.tensor1d(own, 'int32'), classes)
}

/** Class of each picture, one picture at a time. */
export const predictEach = (model: LayersModel, set: Pixels): number[] =>
  set.x.map((_, i) =>
    tf.tidy(() => tf.argMax(model.predict(batchOf(set, [i])) as tf.Tensor2D, 1).dataSync()[0] as number),
  )
