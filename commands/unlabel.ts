import { unfile } from '../src/collector.ts'
import { listAll } from '../src/files.ts'
import { parseLabel } from '../src/label.ts'
import { answer, command, paths, text } from './command.ts'
import { each } from './filing.ts'

export default command({
  name: 'unlabel',
  summary: 'take pictures (files or folders) out of a label; the files themselves stay',
  options: { label: text('the label that they are filed under'), files: paths('pictures, or folders of them') },
  examples: ['unlabel character-a wrong.png'],
  async *run({ app, dataset, options: { label, files } }) {
    const parsed = parseLabel(label)
    const { done, rejected } = yield* each(await listAll(files), (file) => unfile(app, dataset, parsed, file))
    yield answer({ removed: done, rejected })
  },
})
