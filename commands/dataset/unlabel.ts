import { answer, command, pictures, text } from '../../src/commands/define.ts'
import { parseLabel } from '../../src/label.ts'
import { unfile } from '../../src/services/labeling.ts'
import { each } from './_add-pictures.ts'

export default command({
  name: 'unlabel',
  summary: 'take pictures out of a label; the files themselves stay',
  access: 'teacher',
  options: {
    label: text('the label that they are filed under', { suggest: 'labels' }),
    pictures: pictures('pictures, or folders of them'),
  },
  examples: ['unlabel character-a wrong.png'],
  async *run({ app, dataset, by, options: { label, pictures } }) {
    const parsed = parseLabel(label)
    const { done, rejected } = yield* each(await Array.fromAsync(pictures), (source) =>
      unfile(app, dataset, parsed, source, by),
    )
    yield answer('unfiled', { removed: done, rejected })
  },
})
