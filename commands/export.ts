import { resolve } from 'node:path'
import { exportDataset } from '../src/exporter.ts'
import { answer, command, progress, text } from './command.ts'

export default command({
  name: 'export',
  summary: 'write the pictures as a folder a label with a CSV, and the classifier as one ONNX file with its labels',
  options: { dir: text('a new or empty folder') },
  examples: ['export ./backup'],
  async *run({ app, dataset, options: { dir } }) {
    const exporting = exportDataset(app.store, dataset, resolve(dir))
    let next = await exporting.next()
    for (; !next.done; next = await exporting.next()) yield progress(next.value.done, next.value.total)
    yield answer({ dir, ...next.value })
  },
})
