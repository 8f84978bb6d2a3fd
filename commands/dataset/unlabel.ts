import { defineCommand, result } from '../../src/commands/define.ts'
import { pictures, text } from '../../src/commands/options.ts'
import { parseLabel } from '../../src/label.ts'
import { removeFromLabel } from '../../src/services/labeling.ts'
import { actorAlone } from '../shared/actor.ts'
import { forEachPicture } from '../shared/for-each-picture.ts'
import { requireSomeUsed } from '../shared/rejected.ts'

export default defineCommand({
  name: 'unlabel',
  summary: 'remove pictures from a label; your own files stay',
  access: 'teacher',
  options: {
    label: text('the label to remove them from', { suggest: 'labels' }),
    pictures: pictures('pictures, or folders of pictures'),
  },
  examples: ['unlabel character-a wrong.png'],
  async *run({ app, server, chat, dataset, by, requireAccess, options: { label, pictures } }) {
    const from = parseLabel(label)
    const as = await actorAlone({ app, server }, requireAccess)
    const sources = await Array.fromAsync(pictures)
    const remove = (source: (typeof sources)[number]) =>
      removeFromLabel(app, { dataset, by, as }, { source, label: from })
    const { done, rejected } = yield* forEachPicture(sources, remove)
    yield result('removed', { removed: done, rejected })
    requireSomeUsed({ chat }, { used: done, rejected })
  },
})
