import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import type { ServiceContext } from '../context.ts'
import { readExamples } from '../db/example-lists.ts'
import { countLabels } from '../db/labels.ts'
import { UserError } from '../errors.ts'
import { folderNames } from '../folder-names.ts'
import { type Progress, pictureProgress } from '../progress.ts'
import { runExport } from '../workers/export/run.ts'
import type { ExportCheck } from '../workers/export/worker.ts'
import { loadActiveClassifier } from './active-classifier.ts'

/** Pictures that the exported network is checked on. */
const CHECKED = 16
/** What is more than the rounding of 32-bit floats. */
const TOLERANCE = 1e-3

type Exported = { examples: number; classifier: (ExportCheck & { version: number; labels: number }) | null }

/**
 * Writes `pictures/LABEL/*.jpg` (the stored copies), `metadata.csv`, and, where it was trained, `classifier.onnx` with
 * `classifier.json`. Yields examples written. Throws UserError export.*
 */
export async function* exportDataset(
  app: ServiceContext,
  dataset: number,
  dir: string,
): AsyncGenerator<Progress, Exported> {
  await prepareFolder(dir)
  const { db } = app
  const labels = await countLabels(db, dataset)
  const total = labels.reduce((sum, l) => sum + l.examples, 0)
  const folders = folderNames(labels.map((l) => l.label))
  for (const folder of folders.values()) await mkdir(join(dir, 'pictures', folder), { recursive: true })

  const csv = createWriteStream(join(dir, 'metadata.csv'))
  csv.write('file_name,label,original_file,filed_at,filed_by\n')
  const some: Uint8Array[] = []
  let done = 0
  for await (const { id, label, file, filedAt, filedBy, copy } of readExamples(db, dataset)) {
    const folder = folders.get(label)
    // Filed under a new label while this runs: not part of this export.
    if (folder === undefined) continue
    const path = `pictures/${folder}/${id}.jpg`
    await writeFile(join(dir, path), copy)
    if (!csv.write(stringify([[path, label, file, filedAt, filedBy]]))) await once(csv, 'drain')
    if (done % Math.max(1, Math.floor(total / CHECKED)) === 0 && some.length < CHECKED) some.push(new Uint8Array(copy))
    yield pictureProgress(++done, total)
  }
  csv.end()
  await finished(csv)
  return { examples: done, classifier: await exportClassifier(app, dataset, dir, some) }
}

async function prepareFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const found = await readdir(dir)
  if (found.length > 0)
    throw new UserError('export.not-empty', `Expected a new or empty folder, found ${found.length} entries in ${dir}`)
}

async function exportClassifier(app: ServiceContext, dataset: number, dir: string, pictures: Uint8Array[]) {
  const current = await loadActiveClassifier(app, dataset)
  if (!current || pictures.length === 0) return null
  const { classifier, version, backbone, summary } = current
  const file = join(dir, 'classifier.onnx')
  const check = await runExport({ file, backbone, classifier: classifier.toJSON(), pictures })
  if (check.largestDifference > TOLERANCE)
    throw new Error(`The exported classifier differs from this one by ${check.largestDifference}`)
  const { id, input } = backbone
  const { head, accuracy, accuracyInterval } = summary
  const about = { version, backbone: id, head, accuracy, accuracyInterval, input, labels: classifier.labels }
  await writeFile(join(dir, 'classifier.json'), `${JSON.stringify(about, null, 2)}\n`)
  return { version, labels: classifier.labels.length, ...check }
}
