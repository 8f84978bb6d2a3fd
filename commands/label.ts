import { listAll } from '../src/files.ts'
import { parseLabel } from '../src/label.ts'
import { command, paths, text } from './command.ts'
import { file } from './filing.ts'

export default command({
  name: 'label',
  summary: 'file pictures (files or folders) under a label',
  options: { label: text('what the pictures show'), files: paths('pictures, or folders of them') },
  examples: ['label character-a one.png two.jpg', 'label "character b" ./folder'],
  makesDataset: true,
  async *run({ app, dataset, options: { label, files }, by }) {
    parseLabel(label)
    const filings = (await listAll(files)).map((path) => ({ file: path, label }))
    yield* file(app, dataset, filings, by)
  },
})
