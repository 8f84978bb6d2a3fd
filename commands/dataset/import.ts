import { defineCommand } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import type { Rejected } from '../../src/commands/results.ts'
import { UserError } from '../../src/errors.ts'
import { fileSource, inside, listFiles, listNames } from '../../src/files.ts'
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
    const { sources, rejected } = await listLabelledFiles(dir)
    yield* addAndReport(call, sources, { rejected })
  },
})

/** The files of each subfolder under its name. Those of a folder whose name cannot be a label are rejected. */
async function listLabelledFiles(dir: string): Promise<{ sources: LabelledSource[]; rejected: Rejected[] }> {
  const sources: LabelledSource[] = []
  const rejected: Rejected[] = []
  for (const name of await listNames(dir)) {
    const folder = inside(dir, name)
    const label = parseFolderName(name)
    for await (const path of listFiles(folder)) {
      if (path === folder) continue
      if (label instanceof UserError) rejected.push({ file: path, code: label.code, message: label.message })
      else sources.push({ source: fileSource(path), label })
    }
  }
  return { sources, rejected }
}

function parseFolderName(name: string): Label | UserError {
  try {
    return parseLabel(name)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}
