import { refile } from '../src/collector.ts'
import { listAll } from '../src/files.ts'
import { parseLabel } from '../src/label.ts'
import { answer, command, paths, text } from './command.ts'
import { each } from './filing.ts'

export default command({
  name: 'relabel',
  summary: 'move filed pictures (files or folders) to another label, whichever they are under now',
  options: { label: text('the label that they belong to'), files: paths('pictures, or folders of them') },
  examples: ['relabel character-b misfiled.png'],
  async *run({ app, dataset, options: { label, files }, by }) {
    const parsed = parseLabel(label)
    const moved: { file: string; from: string[] }[] = []
    let unchanged = 0
    const { rejected } = yield* each(await listAll(files), async (file) => {
      const from = await refile(app, dataset, parsed, file, by)
      if (from.length > 0) moved.push({ file, from })
      else unchanged++
    })
    yield answer({ label: parsed.name, moved, unchanged, rejected })
  },
})
