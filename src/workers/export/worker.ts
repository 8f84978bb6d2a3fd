// A worker thread: writes one classifier with its backbone as one ONNX file, and checks that it answers alike.
import { readFile, writeFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { openExtractor, openNetwork } from '../../../models/backbones/session.ts'
import { toOnnx } from '../../../models/export-onnx.ts'
import { readClassifier } from '../../../models/saved.ts'
import { decodeViews } from '../../images/decode.ts'

export type ExportJob = { file: string; backbone: Backbone; classifier: unknown; pictures: Uint8Array[] }
export type ExportCheck = { checked: number; largestDifference: number }

const { file, backbone, classifier: json, pictures } = workerData as ExportJob
const classifier = readClassifier(json)
const extractor = await openExtractor(backbone)
const inputs = (await Promise.all(pictures.map((bytes) => decodeViews(bytes, backbone.input, ['plain'])))).flat()
const { features, rank } = await extractor.extract(inputs[0]!)
const bytes = toOnnx(await readFile(backbone.file), backbone, { rank, d: features.length }, classifier)
const network = await openNetwork(bytes, backbone.input)

let largestDifference = 0
for (const input of inputs) {
  const ours = classifier.classify((await extractor.extract(input)).features)
  const theirs = await network.run(input, ['probabilities', 'known'])
  const pairs = [...ours.probabilities].map((p, i) => [p, theirs.probabilities!.data[i]!])
  for (const [a, b] of [...pairs, [ours.openSetScore, theirs.known!.data[0]!]])
    largestDifference = Math.max(largestDifference, Math.abs(a! - b!))
}
await writeFile(file, bytes)
parentPort!.postMessage({ checked: inputs.length, largestDifference } satisfies ExportCheck)
