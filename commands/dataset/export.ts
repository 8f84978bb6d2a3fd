import { resolve } from 'node:path'
import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'

export default defineCommand({
  name: 'export',
  summary:
    'write all pictures with labels, states and decisions into a folder or a ZIP file that `import` reads, with the classifier as an ONNX file',
  access: 'manager',
  frontEnds: ['cli'],
  options: { dir: text('a new or empty folder, or a ZIP file that is not there yet') },
  examples: ['export ./my-data', 'export my-data.zip'],
  ifInterrupted: 'What was written is incomplete: delete it and run the same command again.',
  async *run({ app, dataset, options: { dir } }) {
    const path = resolve(dir)
    if (/\.zip$/i.test(dir)) {
      // Loaded when it is used: other commands start sooner.
      const { writeZip } = await import('../../src/services/export/write-zip.ts')
      yield result('exported', { dir, ...(yield* writeZip(app, dataset, path)) })
    } else {
      const { exportDataset } = await import('../../src/services/export/export-dataset.ts')
      yield result('exported', { dir, ...(yield* exportDataset(app, dataset, path)) })
    }
  },
})
