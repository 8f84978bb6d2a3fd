import { defineCommand } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { UserError } from '../../src/errors.ts'
import { findLabelFolders } from '../../src/files/label-folders.ts'
import { type Path, readable } from '../../src/files/path.ts'
import { fileSource, nothingFound } from '../../src/files/sources.ts'
import { walk } from '../../src/files/walk.ts'
import { type Label, parseLabel } from '../../src/label.ts'
import type { LabelledSource } from '../../src/services/labeling.ts'
import { addAndReport } from '../shared/add-pictures.ts'

export default defineCommand({
  name: 'import',
  summary: 'add a folder of pictures in which each subfolder is a label; what is there already is skipped',
  access: 'teacher',
  frontEnds: ['cli'],
  options: { dir: text('a folder whose subfolders are labels') },
  examples: ['import ./pictures'],
  createsDataset: true,
  ifInterrupted: 'Pictures added so far are kept; run the same command again to add the rest.',
  async *run({ options: { dir }, ...call }) {
    const { sources, ...about } = await listLabelledFiles(dir)
    yield* addAndReport(call, sources, about)
  },
})

type LabelledFiles = { sources: LabelledSource[]; rejected: Rejected[]; skipped: number; parts: string[] }

/** The files of each label's folder. Those of a folder whose name cannot be a label are rejected. */
async function listLabelledFiles(dir: string): Promise<LabelledFiles> {
  const { folders, failures, parts, ...found } = await findLabelFolders(dir)
  const sources: LabelledSource[] = []
  const rejected = failures.map(({ path, error }) => reject(path, error))
  let { skipped } = found
  for (const { label: name, path: folder } of folders) {
    const label = parseFolderName(name)
    for await (const found of walk(folder, dir)) {
      if ('skipped' in found) skipped += found.skipped
      else if ('failed' in found) rejected.push(reject(found.failed, found.error))
      else if (label instanceof UserError) rejected.push(reject(found.file, label))
      else sources.push({ source: fileSource(found.file, dir), label })
    }
  }
  if (sources.length + rejected.length === 0) throw nothingFound([dir], skipped)
  return { sources, rejected, skipped, parts }
}

const reject = (path: Path, { code, message }: UserError): Rejected => ({ file: readable(path), code, message })

function parseFolderName(name: string): Label | UserError {
  try {
    return parseLabel(name)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}
