import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { seededRandom } from '../../models/random.ts'
import { registerFilterGradient } from './gradient.ts'
import { SIDE } from './networks.ts'

/** Pictures as 32 x 32 x 3 values in [0, 1], and the class of each. */
export type Pixels = { x: Float32Array[]; y: number[] }
const BATCH = 32

export async function startEngine(): Promise<void> {
  const at = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
  setWasmPaths(`${dirname(at)}/dist/`)
  await tf.setBackend('wasm')
  registerFilterGradient()
}

const batchOf = ({ x }: Pixels, rows: number[]): tf.Tensor4D =>
  tf.tensor4d(
    Float32Array.from(
      { length: rows.length * SIDE * SIDE * 3 },
      (_, i) => x[rows[Math.floor(i / (SIDE * SIDE * 3))]!]![i % (SIDE * SIDE * 3)]!,
    ),
    [rows.length, SIDE, SIDE, 3],
  )

/** Adam, softmax loss, so many passes over the pictures. */
export async function trainNetwork(
  model: LayersModel,
  set: Pixels,
  classes: number,
  epochs: number,
  say: (text: string) => void,
) {
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  const random = seededRandom(1)
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = [...set.x.keys()]
      .map((i) => ({ i, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map((e) => e.i)
    let [loss, right] = [0, 0]
    for (let at = 0; at < order.length; at += BATCH) {
      const rows = order.slice(at, at + BATCH)
      const x = batchOf(set, rows)
      const y = tf.oneHot(
        tf.tensor1d(
          rows.map((r) => set.y[r]!),
          'int32',
        ),
        classes,
      )
      const [l, a] = (await model.trainOnBatch(x, y)) as [number, number]
      loss += l * rows.length
      right += a * rows.length
      tf.dispose([x, y])
    }
    say(
      `epoch ${epoch} of ${epochs}: loss ${(loss / order.length).toFixed(3)}, right about ${((100 * right) / order.length).toFixed(1)} % of what it learns from`,
    )
  }
}

/** Class of each picture, one picture at a time. */
export const predictEach = (model: LayersModel, set: Pixels): number[] =>
  set.x.map((_, i) =>
    tf.tidy(() => tf.argMax(model.predict(batchOf(set, [i])) as tf.Tensor2D, 1).dataSync()[0] as number),
  )
