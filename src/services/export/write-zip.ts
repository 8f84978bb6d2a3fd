import { type FileHandle, open, rm } from 'node:fs/promises'
import type { ServiceContext } from '../../context.ts'
import { errorCode, UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { zipWithProgress } from './export-as-zip.ts'
import type { ExportedDataset } from './export-dataset.ts'

const OWNER_ONLY = 0o600

/** Writes a dataset into a new ZIP file, for its owner alone. Throws UserError export.exists, export.not-writable, version.* */
export async function* writeZip(
  app: ServiceContext,
  dataset: number,
  path: string,
): AsyncGenerator<Progress, ExportedDataset> {
  const file = await createFile(path)
  try {
    const work = zipWithProgress(app, dataset, { seesAll: true, withClassifier: true })
    let step = await work.next()
    for (; !step.done; step = await work.next())
      if (step.value instanceof Uint8Array) await file.writeFile(step.value)
      else yield step.value
    const { hidden: _, ...exported } = step.value
    return exported
  } catch (error) {
    // Half a ZIP is none.
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** Throws UserError export.exists, export.not-writable */
export async function createFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', OWNER_ONLY)
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new UserError('export.exists', `Expected a file that is not there yet, found ${path}`)
    throw new UserError('export.not-writable', `Expected to write ${path}, but cannot: ${error}`, {}, { cause: error })
  }
}
