import { defineCommand } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { fileSource, inside, listFiles, listNames } from '../../src/files.ts'
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
  async *run({ options: { dir }, ...call }) {
    yield* addAndReport(call, await listLabelledFiles(dir))
  },
})

async function listLabelledFiles(dir: string): Promise<LabelledSource[]> {
  const found: LabelledSource[] = []
  for (const label of await listNames(dir)) {
    const folder = inside(dir, label)
    for await (const path of listFiles(folder)) if (path !== folder) found.push({ source: fileSource(path), label })
  }
  return found
}
