import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import type { ServiceContext } from '../../context.ts'
import type { StoredExample } from '../../db/stored-examples.ts'
import { UserError } from '../../errors.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { openDatasetArchive } from './archive.ts'
import { type ExportedClassifier, exportClassifier } from './export-classifier.ts'
import { PictureSample } from './picture-sample.ts'

/** The first line of metadata.csv: people read it with programs of their own. */
const CSV_HEAD = 'file_name,label,original_file,filed_at,filed_by\n'

/** `examples`: those that are learned from. `unreadable`: pictures that are missing, since the bucket lost them. */
export type ExportedDataset = {
  examples: number
  excluded: number
  withdrawn: number
  unreadable: number
  classifier: ExportedClassifier | null
}

/**
 * Writes the stored copies, the manifest (manifest.ts), `metadata.csv` of those that are learned from and, if the dataset
 * was trained, `classifier.onnx` with `classifier.json`. Throws UserError export.*, version.*
 */
export async function* exportDataset(
  app: ServiceContext,
  dataset: number,
  dir: string,
): AsyncGenerator<Progress, ExportedDataset> {
  await prepareFolder(dir)
  // For the operator alone: all of it.
  const archive = await openDatasetArchive(app, dataset, { seesAll: true })
  const sample = new PictureSample(archive.total)
  const csv = createWriteStream(join(dir, 'metadata.csv'))
  csv.write(CSV_HEAD)
  let done = 0
  let step = await archive.files.next()
  for (; !step.done; step = await archive.files.next()) {
    const { path, bytes, example } = step.value
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), bytes)
    if (!example) continue
    if (example.state === 'kept') await writeRow(csv, path, example)
    sample.consider(example)
    yield pictureProgress(++done, archive.total)
  }
  csv.end()
  await finished(csv)
  const { kept, excluded, withdrawn, unreadable } = step.value
  const classifier = await exportClassifier(app, dataset, { dir, pictures: sample.pictures })
  return { examples: kept, excluded, withdrawn, unreadable, classifier }
}

async function prepareFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const found = await readdir(dir)
  if (found.length > 0)
    throw new UserError('export.not-empty', `Expected a new or empty folder, found ${found.length} entries in ${dir}`)
}

async function writeRow(csv: WriteStream, path: string, example: StoredExample): Promise<void> {
  const row = [path, example.label, example.file, example.filed_at, example.filed_by]
  if (!csv.write(stringify([row], { escape_formulas: true }))) await once(csv, 'drain')
}
