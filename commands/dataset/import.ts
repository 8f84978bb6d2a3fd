import { command, text } from '../../src/commands/define.ts'
import { fileSource, inside, listFiles, listNames } from '../../src/files.ts'
import type { Filing } from '../../src/services/labeling.ts'
import { file } from './_add-pictures.ts'

export default command({
  name: 'import',
  summary: 'file a folder of folders: each direct subfolder is a label; run it again without harm',
  access: 'teacher',
  only: 'terminal',
  options: { dir: text('a folder whose subfolders are labels') },
  examples: ['import ./pictures'],
  makesDataset: true,
  async *run({ options: { dir }, ...where }) {
    yield* file(where, await filings(dir))
  },
})

async function filings(dir: string): Promise<Filing[]> {
  const found: Filing[] = []
  for (const label of await listNames(dir)) {
    const folder = inside(dir, label)
    for await (const path of listFiles(folder)) if (path !== folder) found.push({ source: fileSource(path), label })
  }
  return found
}
