import { resolve } from 'node:path'
import { answer, command, relay, text } from '../../src/commands/define.ts'
import { exportDataset } from '../../src/services/export.ts'

export default command({
  name: 'export',
  summary: 'write the pictures as a folder a label with a CSV, and the classifier as one ONNX file with its labels',
  access: 'admin',
  only: 'terminal',
  options: { dir: text('a new or empty folder') },
  examples: ['export ./backup'],
  async *run({ app, dataset, options: { dir } }) {
    yield answer('exported', { dir, ...(yield* relay(exportDataset(app, dataset, resolve(dir)))) })
  },
})
