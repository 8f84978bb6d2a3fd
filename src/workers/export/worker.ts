// An export worker thread: writes a classifier with its backbone as one ONNX file, and checks that it answers alike.
import '../../no-telemetry.ts'
import { readFile, writeFile } from 'node:fs/promises'
import { workerData } from 'node:worker_threads'
import { openExtractor } from '../../../models/backbones/extractor.ts'
import { openNetwork } from '../../../models/backbones/open-network.ts'
import type { Backbone } from '../../../models/backbones/registry.ts'
import { exportOnnx } from '../../../models/export-onnx.ts'
import { readClassifier } from '../../../models/read-classifier.ts'
import { decodeViews } from '../../images/decode.ts'
import { requireParentPort } from '../../parent-port.ts'

/** `pictures`: at least one, encoded, to compare the answers on. */
export type ExportJob = { file: string; backbone: Backbone; classifier: unknown; pictures: Uint8Array[] }
/** `largestDifference`: of a probability or an open-set score, between this program and ONNX Runtime with the written file. */
export type ExportCheck = { checked: number; largestDifference: number }

const { file, backbone, classifier: json, pictures } = workerData as ExportJob
const classifier = readClassifier(json)
const extractor = await openExtractor(backbone)
const inputs = (await Promise.all(pictures.map((bytes) => decodeViews(bytes, backbone.input, ['plain'])))).flat()
const [first] = inputs
if (!first) throw new Error('Expected at least one picture to check the export on, received none')
const { features, rank } = await extractor.extract(first)
const network = await readFile(backbone.file)
const bytes = exportOnnx({ network, backbone, classifier, rank, d: features.length })
const exported = await openNetwork(bytes, backbone.input)

let largestDifference = 0
for (const input of inputs) {
  const { probabilities, openSetScore } = classifier.classify((await extractor.extract(input)).features)
  const expected = [...probabilities, openSetScore]
  const outputs = await exported.run(input, ['probabilities', 'known'])
  const written = [...(outputs.probabilities?.data ?? []), ...(outputs.known?.data ?? [])]
  if (written.length !== expected.length)
    throw new Error(`Expected ${expected.length} outputs of the exported network, received ${written.length}`)
  for (const [i, value] of expected.entries())
    largestDifference = Math.max(largestDifference, Math.abs(value - (written[i] ?? Number.NaN)))
}
await writeFile(file, bytes)
requireParentPort().postMessage({ checked: inputs.length, largestDifference } satisfies ExportCheck)
