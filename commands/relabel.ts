import { refile } from '../src/collector.ts'
import { parseLabel } from '../src/label.ts'
import { answer, command, pictures, text } from './command.ts'
import { each } from './filing.ts'

export default command({
  name: 'relabel',
  summary: 'move filed pictures to another label, whichever they are under now',
  access: 'teacher',
  options: {
    label: text('the label that they belong to', { suggest: 'labels', max: 100 }),
    pictures: pictures('pictures, or folders of them'),
  },
  examples: ['relabel character-b misfiled.png'],
  async *run({ app, dataset, options: { label, pictures }, by }) {
    const parsed = parseLabel(label)
    const moved: { file: string; from: string[] }[] = []
    let unchanged = 0
    const { rejected } = yield* each(await Array.fromAsync(pictures), async (source) => {
      const from = await refile(app, dataset, parsed, source, by)
      if (from.length > 0) moved.push({ file: source.name, from })
      else unchanged++
    })
    yield answer('moved', { label: parsed.name, moved, unchanged, rejected })
  },
})
