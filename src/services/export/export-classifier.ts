import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceContext } from '../../context.ts'
import { joinBackboneIds } from '../../db/backbones.ts'
import { runExport } from '../../workers/export/run.ts'
import type { ExportCheck } from '../../workers/export/worker.ts'
import { loadActiveClassifier } from '../active-classifier.ts'

/** Largest difference of a probability that rounding of 32-bit floats explains. */
const TOLERANCE = 1e-3

export type ExportedClassifier = Omit<ExportCheck, 'inputs'> & { version: number; labels: number }

/**
 * Writes the active version as `classifier.onnx` with `classifier.json`, and checks that it answers alike.
 * @param target `pictures`: encoded, to compare the answers on
 * @returns null where nothing was trained, or there is no picture to check it on. Throws an Error if the answers differ
 */
export async function exportClassifier(
  app: ServiceContext,
  dataset: number,
  target: { dir: string; pictures: Uint8Array[] },
): Promise<ExportedClassifier | null> {
  const { dir, pictures } = target
  const active = await loadActiveClassifier(app, dataset)
  if (!active || pictures.length === 0) return null
  const { classifier, version, backbones, summary } = active
  const file = join(dir, 'classifier.onnx')
  const { inputs, ...check } = await runExport({ file, backbones, classifier: classifier.toJSON(), pictures })
  if (!(check.largestDifference <= TOLERANCE))
    throw new Error(`The exported classifier differs from this one by ${check.largestDifference}`)
  const description = {
    version,
    backbone: joinBackboneIds(backbones),
    head: summary.head,
    accuracy: summary.accuracy,
    accuracyInterval: summary.accuracyInterval,
    input: inputs[0]?.description,
    ...(inputs.length > 1 && { inputs }),
    labels: classifier.labels,
  }
  await writeFile(join(dir, 'classifier.json'), `${JSON.stringify(description, null, 2)}\n`)
  return { version, labels: classifier.labels.length, ...check }
}
