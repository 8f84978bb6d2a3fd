// The article's experiment: two networks trained from scratch on 32 x 32 x 3, and pretrained features with an SVM and with boosting.
//   npm run experiment [-- DIR] [--epochs A,B]    DIR: a folder with one folder per label, or `sprites`; without it the demo's characters
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import sharp from 'sharp'
import type { HeadName } from '../../models/heads/names.ts'
import { type LabelledFiles, readClasses, splitClasses } from './classes.ts'
import { classifyEach, closePool, trainOnFeatures } from './features.ts'
import { resNet50, SIDE, simpleCnn } from './networks.ts'
import { describeResults, drawResults, type Result } from './report.ts'
import { type Pixels, predictEach, startEngine, trainNetwork } from './train-network.ts'

const OUT = fileURLToPath(new URL('../out/', import.meta.url))
const log = (text: string): boolean => process.stderr.write(`${text}\n`)

const { values, positionals } = parseArgs({
  options: { epochs: { type: 'string', default: '40,15' } },
  allowPositionals: true,
})
const [epochsA, epochsB] = values.epochs.split(',').map(Number) as [number, number]

mkdirSync(OUT, { recursive: true })
const { name, classes } = await readClasses(positionals[0], OUT)
const labels = classes.map((c) => c.label)
const { training, heldOut } = splitClasses(classes)
log(`${name}: ${labels.length} labels, ${training.files.length} pictures to train on, ${heldOut.files.length} held out`)

const features = (title: string, head: HeadName): Promise<Result> =>
  measure(title, {
    train: () => trainOnFeatures(training, labels, head),
    answer: (classifier) => classifyEach(classifier, heldOut),
  })
const results = [
  await features('C: pretrained features, SVM', 'svm'),
  await features('D: pretrained features, boosting', 'boosting'),
]
await closePool()

await startEngine()
const trainingPixels = await toPixels(training)
const heldOutPixels = await toPixels(heldOut)
const network = (title: string, model: LayersModel, epochs: number): Promise<Result> =>
  measure(`${title}, ${(model.countParams() / 1e6).toFixed(2)} million weights, ${epochs} epochs`, {
    train: () => trainNetwork(model, trainingPixels, { epochs, log: (text) => log(`${title}: ${text}`) }),
    answer: async () => predictEach(model, heldOutPixels),
  })
results.push(await network('A: simple CNN, 32 x 32', simpleCnn(labels.length), epochsA))
results.push(await network('B: ResNet-50 from scratch, 32 x 32', resNet50(labels.length), epochsB))

results.sort((a, b) => a.name.localeCompare(b.name))
process.stdout.write(`${describeResults(results, heldOut.y.length)}\n`)
const chart = `experiment-${name}.png`
writeFileSync(join(OUT, chart), drawResults(results, heldOut.y.length, name))
log(`Chart: bench/out/${chart}`)

type Method<T> = { train(): Promise<T>; answer(trained: T): Promise<number[]> }

async function measure<T>(title: string, { train, answer }: Method<T>): Promise<Result> {
  const start = performance.now()
  const trained = await train()
  const middle = performance.now()
  const answers = await answer(trained)
  const end = performance.now()
  const count = heldOut.y.length
  const right = answers.filter((a, i) => a === heldOut.y[i]).length
  log(`${title}: ${right} of ${count}`)
  return { name: title, right, training: (middle - start) / 1000, answer: (end - middle) / count }
}

async function toPixels({ files, y }: LabelledFiles): Promise<Pixels> {
  const x: Float32Array[] = []
  for (const file of files) {
    const fitted = sharp(readFileSync(file))
      .flatten({ background: '#fff' })
      .resize(SIDE, SIDE, { fit: 'contain', background: '#fff' })
    x.push(Float32Array.from(await fitted.removeAlpha().toColourspace('srgb').raw().toBuffer(), (v) => v / 255))
  }
  return { x, y, classes: labels.length }
}
