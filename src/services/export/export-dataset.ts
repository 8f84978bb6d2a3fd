import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify/sync'
import type { ServiceContext } from '../../context.ts'
import type { Database } from '../../db/connection.ts'
import { readExamples } from '../../db/example-lists.ts'
import { countLabels } from '../../db/labels.ts'
import { UserError } from '../../errors.ts'
import { folderNames } from '../../folder-names.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { type ExportedClassifier, exportClassifier } from './export-classifier.ts'

/** Pictures that the exported network is checked on, spread over the dataset. */
const CHECKED = 16
/** The first line of metadata.csv: people read it with programs of their own. */
const CSV_HEAD = 'file_name,label,original_file,filed_at,filed_by\n'

type ExportedDataset = { examples: number; classifier: ExportedClassifier | null }

/**
 * Writes `pictures/LABEL/*.jpg` (the stored copies), `metadata.csv` and, if the dataset was trained, `classifier.onnx`
 * with `classifier.json`. Throws UserError export.*, version.*
 */
export async function* exportDataset(
  app: ServiceContext,
  dataset: number,
  dir: string,
): AsyncGenerator<Progress, ExportedDataset> {
  await prepareFolder(dir)
  const { examples, sample } = yield* exportPictures(app.db, dataset, dir)
  return { examples, classifier: await exportClassifier(app, dataset, { dir, pictures: sample }) }
}

async function prepareFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const found = await readdir(dir)
  if (found.length > 0)
    throw new UserError('export.not-empty', `Expected a new or empty folder, found ${found.length} entries in ${dir}`)
}

async function* exportPictures(
  db: Database,
  dataset: number,
  dir: string,
): AsyncGenerator<Progress, { examples: number; sample: Uint8Array[] }> {
  const labels = await countLabels(db, dataset)
  const total = labels.reduce((sum, l) => sum + l.examples, 0)
  const folders = folderNames(labels.map((l) => l.label))
  for (const folder of folders.values()) await mkdir(join(dir, 'pictures', folder), { recursive: true })

  const csv = createWriteStream(join(dir, 'metadata.csv'))
  csv.write(CSV_HEAD)
  const sample: Uint8Array[] = []
  const step = Math.max(1, Math.floor(total / CHECKED))
  let done = 0
  for await (const { id, label, file, filedAt, filedBy, copy } of readExamples(db, dataset)) {
    const folder = folders.get(label)
    // A label that was added while this runs is not part of the export.
    if (folder === undefined) continue
    const path = `pictures/${folder}/${id}.jpg`
    await writeFile(join(dir, path), copy)
    if (!csv.write(stringify([[path, label, file, filedAt, filedBy]], { escape_formulas: true })))
      await once(csv, 'drain')
    if (done % step === 0 && sample.length < CHECKED) sample.push(new Uint8Array(copy))
    yield pictureProgress(++done, total)
  }
  csv.end()
  await finished(csv)
  return { examples: done, sample }
}
