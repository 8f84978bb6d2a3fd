import { defineCommand, result } from '../../src/commands/define.ts'
import { pictures, text } from '../../src/commands/options.ts'
import { parseLabel } from '../../src/label.ts'
import { removeFromLabel } from '../../src/services/labeling.ts'
import { forEachPicture } from '../shared/for-each-picture.ts'

export default defineCommand({
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
    const { done, rejected } = yield* forEachPicture(await Array.fromAsync(pictures), (source) =>
      removeFromLabel(app, dataset, parsed, source, by),
    )
    yield result('removed', { removed: done, rejected })
  },
})
