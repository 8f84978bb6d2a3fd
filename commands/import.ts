import { join } from 'node:path'
import type { Filing } from '../src/collector.ts'
import { listFiles, listNames } from '../src/files.ts'
import type { Command } from './command.ts'
import { file } from './filing.ts'

export default {
  name: 'import',
  summary: 'file a folder of folders: each direct subfolder is a label',
  arguments: ['<dir>'],
  examples: ['import ./pictures'],
  run: ({ app, values: [dir], by }) => file(app, filings(dir!), by),
} satisfies Command

async function* filings(dir: string): AsyncGenerator<Filing> {
  for (const label of await listNames(dir)) {
    const folder = join(dir, label)
    for await (const path of listFiles(folder)) if (path !== folder) yield { file: path, label }
  }
}
