import { resolve } from 'node:path'
import { exportDataset } from '../src/exporter.ts'
import { answer, command, relay, text } from './command.ts'

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
