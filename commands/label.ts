import type { Filing } from '../src/collector.ts'
import { listFiles } from '../src/files.ts'
import { parseLabel } from '../src/label.ts'
import type { Command } from './command.ts'
import { file } from './filing.ts'

export default {
  name: 'label',
  summary: 'file pictures (files or folders) under a label',
  arguments: ['<label>', '<files...>'],
  examples: ['label character-a one.png two.jpg', 'label "character b" ./folder'],
  run({ app, values: [label, ...paths], by }) {
    parseLabel(label!)
    return file(app, filings(label!, paths), by)
  },
} satisfies Command

async function* filings(label: string, paths: string[]): AsyncGenerator<Filing> {
  for (const path of paths) for await (const found of listFiles(path)) yield { file: found, label }
}
