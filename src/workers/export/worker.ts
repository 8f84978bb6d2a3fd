// An export worker thread: writes a classifier with its backbones as one ONNX file, and checks that it answers alike.
import '../../no-telemetry.ts'
import { readFile, writeFile } from 'node:fs/promises'
import { workerData } from 'node:worker_threads'
import { openExtractor } from '../../../models/backbones/extractor.ts'
import { openOnnx } from '../../../models/backbones/onnx-engine.ts'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { type ExportedInput, type ExportedNetwork, exportOnnx } from '../../../models/export-onnx.ts'
import { joinFeatures } from '../../../models/numbers/features.ts'
import { readClassifier } from '../../../models/read-classifier.ts'
import { decodeViews } from '../../images/decode.ts'
import { requireParentPort } from '../../parent-port.ts'

/** `pictures`: at least one, encoded, to compare the answers on. */
export type ExportJob = { file: string; backbones: Backbone[]; classifier: unknown; pictures: Uint8Array[] }
/** `largestDifference`: of a probability or an open-set score, between this program and ONNX Runtime with the written file. */
export type ExportCheck = { checked: number; largestDifference: number; inputs: ExportedInput[] }

const { file, backbones, classifier: json, pictures } = workerData as ExportJob
const classifier = readClassifier(json)
const networks: ExportedNetwork[] = []
/** By backbone, features of each picture. */
const features: Float32Array[][] = []
for (const backbone of backbones) {
  const extractor = await openExtractor(backbone)
  const extracted = []
  for (const bytes of pictures) extracted.push(await extractor.extract(await decode(bytes, backbone.input)))
  const [first] = extracted
  if (!first) throw new Error('Expected at least one picture to check the export on, received none')
  features.push(extracted.map((e) => e.features))
  networks.push({ network: await readFile(backbone.file), backbone, rank: first.rank, d: first.features.length })
}
const { bytes, inputs } = exportOnnx(networks, classifier)
const exported = await openOnnx(bytes, ...inputs.map(({ description }) => description))

let largestDifference = 0
for (const [i, picture] of pictures.entries()) {
  const joined = joinFeatures(features.flatMap((of) => of[i] ?? []))
  const { probabilities, openSetScore } = classifier.classify(joined)
  const expected = [...probabilities, openSetScore]
  const taken = await Promise.all(inputs.map(({ description }) => decode(picture, description)))
  const outputs = await exported.run(taken, ['probabilities', 'known'])
  const written = [...(outputs.probabilities?.data ?? []), ...(outputs.known?.data ?? [])]
  if (written.length !== expected.length)
    throw new Error(`Expected ${expected.length} outputs of the exported network, received ${written.length}`)
  for (const [k, value] of expected.entries())
    largestDifference = Math.max(largestDifference, Math.abs(value - (written[k] ?? Number.NaN)))
}
await writeFile(file, bytes)
requireParentPort().postMessage({ checked: pictures.length, largestDifference, inputs } satisfies ExportCheck)

async function decode(picture: Uint8Array, input: Backbone['input']): Promise<Uint8Array> {
  const [pixels] = await decodeViews(picture, input, ['plain'])
  if (!pixels) throw new Error('Expected the pixels of a picture, received none')
  return pixels
}
