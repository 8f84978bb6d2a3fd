import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceContext } from '../../context.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { openDatasetArchive } from './archive.ts'
import { exportClassifier } from './export-classifier.ts'
import type { ExportedDataset } from './export-dataset.ts'
import { PictureSample } from './picture-sample.ts'
import { StoredZip } from './stored-zip.ts'

const CLASSIFIER_FILES = ['classifier.onnx', 'classifier.json']

/** What is given out at once: a header alone would be a few dozen. */
const CHUNK_BYTES = 2 ** 17

/** `seesAll`: pictures from age-restricted channels, too. `withClassifier`: as `exportDataset` writes it. */
type ZipOptions = { seesAll: boolean; withClassifier?: boolean }
/** `hidden`: pictures from age-restricted channels that were left out. */
type ZippedDataset = ExportedDataset & { hidden: number }

/**
 * A dataset as one ZIP of any size, made while it is read: one picture is in memory at a time, and the list of files. What
 * `import` reads. Throws UserError version.*
 */
export async function* exportAsZip(
  app: ServiceContext,
  dataset: number,
  options: ZipOptions,
): AsyncGenerator<Uint8Array, ZippedDataset> {
  const work = zipWithProgress(app, dataset, options)
  let some: Uint8Array[] = []
  let bytes = 0
  let step = await work.next()
  for (; !step.done; step = await work.next()) {
    if (!(step.value instanceof Uint8Array)) continue
    some.push(step.value)
    bytes += step.value.length
    if (bytes < CHUNK_BYTES) continue
    yield Buffer.concat(some)
    some = []
    bytes = 0
  }
  if (some.length > 0) yield Buffer.concat(some)
  return step.value
}

/** The same with its progress in between. */
export async function* zipWithProgress(
  app: ServiceContext,
  dataset: number,
  { seesAll, withClassifier = false }: ZipOptions,
): AsyncGenerator<Uint8Array | Progress, ZippedDataset> {
  const archive = await openDatasetArchive(app, dataset, { seesAll })
  const sample = new PictureSample(archive.total)
  const chunks: Uint8Array[] = []
  const zip = new StoredZip((chunk) => chunks.push(chunk))
  let done = 0
  let step = await archive.files.next()
  for (; !step.done; step = await archive.files.next()) {
    const { path, bytes, example } = step.value
    zip.add(path, bytes)
    yield* chunks.splice(0)
    if (!example) continue
    if (withClassifier) sample.consider(example)
    yield pictureProgress(++done, archive.total)
  }
  const { kept, excluded, withdrawn, hidden, unreadable } = step.value
  const classifier = withClassifier ? await addClassifier(app, dataset, { zip, pictures: sample.pictures }) : null
  yield* chunks.splice(0)
  zip.end()
  yield* chunks
  return { examples: kept, excluded, withdrawn, unreadable, hidden, classifier }
}

type Target = { zip: StoredZip; pictures: Uint8Array[] }

async function addClassifier(app: ServiceContext, dataset: number, { zip, pictures }: Target) {
  const dir = await mkdtemp(join(tmpdir(), 'mekiki-export-'))
  try {
    const classifier = await exportClassifier(app, dataset, { dir, pictures })
    if (classifier) for (const name of CLASSIFIER_FILES) zip.add(name, new Uint8Array(await readFile(join(dir, name))))
    return classifier
  } finally {
    await rm(dir, { recursive: true })
  }
}
