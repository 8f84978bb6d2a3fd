import { resolve } from 'node:path'
import { exportDataset } from '../src/exporter.ts'
import { answer, command, relay, text } from './command.ts'

export default command({
  name: 'export',
  summary: 'write the pictures as a folder a label with a CSV, and the classifier as one ONNX file with its labels',
  options: { dir: text('a new or empty folder') },
  examples: ['export ./backup'],
  async *run({ app, dataset, options: { dir } }) {
    yield answer({ dir, ...(yield* relay(exportDataset(app.store, dataset, resolve(dir)))) })
  },
})
