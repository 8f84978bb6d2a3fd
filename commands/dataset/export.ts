import { resolve } from 'node:path'
import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { exportDataset } from '../../src/services/export.ts'

export default defineCommand({
  name: 'export',
  summary: 'write the pictures as a folder a label with a CSV, and the classifier as one ONNX file with its labels',
  access: 'operator',
  frontEnds: ['cli'],
  options: { dir: text('a new or empty folder') },
  examples: ['export ./backup'],
  async *run({ app, dataset, options: { dir } }) {
    yield result('exported', { dir, ...(yield* exportDataset(app, dataset, resolve(dir))) })
  },
})
