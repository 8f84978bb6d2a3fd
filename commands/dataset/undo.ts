import { defineCommand, result } from '../../src/commands/define.ts'
import { ids } from '../../src/commands/options.ts'
import { removeOwnExamples } from '../../src/db/examples.ts'

export default defineCommand({
  name: 'undo',
  summary: 'take back what you just added',
  access: 'member',
  frontEnds: ['discord', 'web'],
  hidden: true,
  options: { examples: ids('their ids') },
  examples: [],
  async *run({ app, dataset, by, options: { examples } }) {
    const removed = await removeOwnExamples(app.db, dataset, { examples, by })
    if (removed > 0) app.events.emit('examplesChanged', dataset, removed)
    yield result('undone', { removed })
  },
})
