import { resolve } from 'node:path'
import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'

export default defineCommand({
  name: 'export',
  summary: 'write the pictures as one folder per label with a CSV file, and the classifier as an ONNX file',
  access: 'operator',
  frontEnds: ['cli'],
  options: { dir: text('a new or empty folder') },
  examples: ['export ./backup'],
  ifInterrupted: 'The folder is incomplete: delete it and run the same command again.',
  async *run({ app, dataset, options: { dir } }) {
    // Loaded when it is used: other commands start sooner.
    const { exportDataset } = await import('../../src/services/export/export-dataset.ts')
    const exported = yield* exportDataset(app, dataset, resolve(dir))
    yield result('exported', { dir, ...exported })
  },
})
